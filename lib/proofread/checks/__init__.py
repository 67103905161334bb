"""Every check, in the order people read them: one file a kind, each declared here."""

from __future__ import annotations

from lib.proofread.checks.against_release import against_release
from lib.proofread.checks.balance import balance
from lib.proofread.checks.conflicts import conflicts
from lib.proofread.checks.dates import dates
from lib.proofread.checks.document_numbers import document_numbers
from lib.proofread.checks.doubled import doubled
from lib.proofread.checks.full_stops import full_stops
from lib.proofread.checks.full_width_digits import full_width_digits
from lib.proofread.checks.half_width import half_width, straight_quotes
from lib.proofread.checks.heading_numbers import heading_numbers
from lib.proofread.checks.list_lengths import list_lengths, repeated_members
from lib.proofread.checks.lost_marks import glued_rates
from lib.proofread.checks.marks import marks
from lib.proofread.checks.names import ambiguous_places, department_names, district_words
from lib.proofread.checks.part_sums import part_counts, part_sums
from lib.proofread.checks.people import people_units
from lib.proofread.checks.place_sums import place_sums
from lib.proofread.checks.plans import plans
from lib.proofread.checks.products import products
from lib.proofread.checks.rates import rates
from lib.proofread.checks.remainders import remainders
from lib.proofread.checks.rosters import rosters
from lib.proofread.checks.separators import separators
from lib.proofread.checks.tables import tables
from lib.proofread.checks.until import until
from lib.proofread.hits import Check

# fmt: off
RELEASE: tuple[Check, ...] = (
    Check("marks", "带标记的数", "与版本不一致", "本系统生成的Word里每个数都记着来自哪个指标，逐个与版本核对：数值、限定词、小数位", marks, needs_release=True),
    Check("against_release", "与版本核对", "与版本不一致", "按登记的说法认出的数，与版本里同一指标、同一地区的数核对；认不准的不提示", against_release, needs_release=True),
    Check("rosters", "名单核对", "与版本不一致", "部门、地区名单与版本里的名单核对，少了谁、多了谁；对不上唯一一份名单的不提示", rosters, needs_release=True),
)
ARITHMETIC: tuple[Check, ...] = (
    Check("part_sums", "分项与合计", "内部算术", "“其中”“分别为”和括号里的分项相加，与所称合计比较；“其中”可以不列全，不列全不算错", part_sums),
    Check("part_counts", "分项个数", "内部算术", "“涉及16个部门”与实际列出的部门数比较", part_counts),
    Check("place_sums", "分地区与全市", "内部算术", "以“溧阳市：”等开头的各段里同一名称的数相加，与前面所称全市数比较；各地都写了才比", place_sums),
    Check("plans", "计划与新增", "内部算术", "计划数加括号里的新增数，与所称数比较", plans),
    Check("products", "个数乘每个", "内部算术", "“10个镇，每个镇10万元”与同一句里所称总数比较", products),
    Check("rates", "比率", "内部算术", "同一句里的分子÷分母，按所称小数位四舍五入后与所称比率比较", rates),
    Check("remainders", "总数减已办", "内部算术", "“共76项，已接入45项，仍有31项”：总数减去已办与所称剩余比较", remainders),
    Check("tables", "表格合计行", "内部算术", "粘贴成文字的表格，各行相加与合计行比较；比率和排名列不相加", tables),
    Check("list_lengths", "名单与个数", "内部算术", "“等22个部门”“六个方面”“四级”与前后名单的项数比较；“等”前可以只举几例", list_lengths),
    Check("repeated_members", "名单重复", "内部算术", "同一名单里同一部门或地区列了两次", repeated_members),
)
CONFLICTS: tuple[Check, ...] = (
    Check("conflicts", "同一指标两个数", "前后矛盾", "同一地区、同样的说法、同一单位，前后是两个不同的数；写明不同时点的不算", conflicts),
)
WORDING: tuple[Check, ...] = (
    Check("department_names", "部门名称前后不一", "名称写法", "同一部门在一份稿子里有几种写法；只按登记的名称和别名认，不做相似匹配", department_names),
    Check("ambiguous_places", "地名有歧义", "名称写法", "如“高新区”可能指几个地方，没有写明是哪一个", ambiguous_places),
    Check("district_words", "辖市（区）写法不一", "名称写法", "“辖市（区）”“辖市区”等写法在一份稿子里混用", district_words),
    Check("people_units", "人数单位不一", "格式", "同一类人员有的用“个”、有的用“人”或“名”", people_units),
    Check("doubled", "字词重复", "缺字", "紧挨着重复的词、虚词和标点；“市级本级”应为“市本级”", doubled),
    Check("until", "截止与截至", "格式", "后面接时间点时应用“截至”", until),
    Check("document_numbers", "发文字号不完整", "缺字", "年份应在六角括号里，序号不加“第”、不编虚位，如〔2022〕5号", document_numbers),
    Check("dates", "日期不完整或不存在", "缺字", "成文日期应写全年月日，月、日不编虚位；日历上没有的日子一并指出", dates),
    Check("heading_numbers", "标题编号缺失或不连续", "缺字", "“一、”“（一）”两级标题按前后次序核对", heading_numbers),
    Check("glued_rates", "两个百分数连在一起", "缺字", "如“21.7%30.6%”，中间缺顿号", glued_rates),
    Check("full_stops", "段末缺句号", "标点", "只查正文段落，不查标题、主送机关、署名、附件和表格", full_stops),
    Check("separators", "列举分隔混用", "标点", "同一列举里顿号与逗号混用", separators),
    Check("balance", "括号引号不成对", "标点", "括号、引号、书名号有开无合，或有合无开", balance),
    Check("half_width", "半角标点", "标点", "中文里应用全角标点；小数点、千分位、时刻、网址和外文内保持半角，每种标点合为一条", half_width),
    Check("straight_quotes", "直引号", "标点", "中文字句的引号应用“”，不用直引号", straight_quotes),
    Check("full_width_digits", "全角数字", "格式", "公文里数字、百分号用半角", full_width_digits),
)
# fmt: on
CHECKS: tuple[Check, ...] = (*RELEASE, *ARITHMETIC, *CONFLICTS, *WORDING)
