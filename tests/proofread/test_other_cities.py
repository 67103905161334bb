"""Bulletins of cities nobody has registered: invented, in three styles, right and then wrong."""

from __future__ import annotations

import pytest

from tests.proofread.texts import told

RIVER = """\
关于2023年度“高效办成一件事”推进情况的通报
各区县政务服务管理办公室，市级有关单位：
2023年，全市共受理政务服务事项1,280件，其中东湖区520件、西陵县410件、南山区350件。现将有关情况通报如下：
一、总体情况
截至12月底，全市新建政务驿站86个，分别为东湖区32个、西陵县29个、南山区25个。全市应归集电子证照640类，已归集608类，归集率95%，仍有32类尚未归集。
全年梳理公布《高频事项清单》《跨域通办清单》《免证办清单》等三个清单，涵盖三十二项主题服务。推进“一窗受理”“集成服务”“帮办代办”三项机制落地。
二、存在问题
（一）个别部门响应不及时。超时办件9件，涉及4个部门，其中市规划局（4件）、市残联（2件）、市民政局（2件）、市水务局（1件）。
（二）窗口服务不规范。市规划局、市残联、市民政局、市水务局等4个部门未落实首问负责制。
江城市政务服务管理办公室
2024年1月8日
"""
PLAIN = """\
临海新区营商环境工作简报
今年以来，新区围绕企业开办、工程审批、纳税服务、跨境贸易四个方面持续发力，累计走访企业1200余家，收集问题96条，已办结84条，办结率87.5%。
新区安排奖补资金240万元，对12个社区服务站进行改造，每个社区服务站补助20万元。
地区\t受理件数\t办结件数\t办结率
临海街道\t120\t110\t91.7%
望江街道\t80\t76\t95.0%
合计\t200\t186\t93.0%
A类企业40家、B类企业35家、C类企业25家，共计100家。
"""
COUNTY = """\
云岭县政务服务半年工作情况
全县计划建设村级代办点60个，各乡镇进展如下：
青石镇：建成村级代办点18个，培训代办员36人。
白马镇：建成村级代办点22个，培训代办员44人。
双河乡：建成村级代办点20个，培训代办员40人。
全县政务服务大厅平均办理时长12分钟，较去年同期缩短3分钟；群众满意率99.2%，比上年提高0.6个百分点。
县发展改革局、县财政局、县住房和城乡建设局、县自然资源和规划局等部门进驻综合窗口，1+N服务模式覆盖全部3个乡镇。
"""


@pytest.mark.parametrize("text", [RIVER, PLAIN, COUNTY], ids=["river", "plain", "county"])
def test_a_right_bulletin_of_any_city_has_no_finding(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "expected"),
    [
        (RIVER, "东湖区520件", "东湖区620件", ("part_sums", "1,280件", "1380件")),
        (RIVER, "驿站86个", "驿站87个", ("part_sums", "87个", "86个")),
        (RIVER, "归集率95%", "归集率96%", ("rates", "96%", "95%")),
        (RIVER, "仍有32类", "仍有42类", ("remainders", "42类", "32类")),
        (RIVER, "等三个清单", "等两个清单", ("list_lengths", "两个", "3个")),
        (RIVER, "“帮办代办”三项", "“帮办代办”“全程网办”三项", ("list_lengths", "三项", "4项")),
        (RIVER, "涉及4个部门", "涉及5个部门", ("part_counts", "5个", "4个")),
        (RIVER, "市残联（2件）", "市残联（3件）", ("part_sums", "9件", "10件")),
        (RIVER, "市水务局等4个部门", "市水务局等3个部门", ("list_lengths", "3个", "4个")),
        (RIVER, "2024年1月8日", "2024年1月38日", ("dates", "2024年1月38日", "")),
        (RIVER, "（二）窗口", "（）窗口", ("heading_numbers", "（）", "（二）")),
        (PLAIN, "四个方面", "五个方面", ("list_lengths", "五个", "4个")),
        (PLAIN, "办结率87.5%", "办结率88.5%", ("rates", "88.5%", "87.5%")),
        (PLAIN, "240万元", "260万元", ("products", "260万元", "240万元")),
        (PLAIN, "望江街道\t80", "望江街道\t90", ("tables", "200", "210")),
        (PLAIN, "共计100家", "共计110家", ("part_sums", "110家", "100家")),
        (COUNTY, "代办点22个", "代办点24个", ("place_sums", "60个", "62个")),
        (COUNTY, "窗口，1+N", "窗口,1+N", ("half_width", ",", "，")),
        (COUNTY, "满意率99.2%", "满意率99.2%99.3%", ("glued_rates", "99.2%", "99.2%、")),
        (COUNTY, "县财政局、", "县财政局（", ("balance", "（", "")),
        (COUNTY, "3个乡镇。", "3个乡镇", ("full_stops", "镇", "镇。")),
        (COUNTY, "12分钟", "１２分钟", ("full_width_digits", "１２", "12")),
    ],
)
def test_one_wrong_word_is_one_finding(
    text: str, right: str, wrong: str, expected: tuple[str, str, str]
) -> None:
    assert text.count(right) == 1
    assert told(text.replace(right, wrong)) == [expected]
