"""How bulletins word each metric: what stands before a number, behind it, and in its paragraph.

Declared phrases, not likeness: a number no line describes is held against nothing. Quotation marks
are left out of the text the patterns are matched with. `before` ends at the number, `after` starts
behind it, `near` has to be somewhere in the paragraph and `never` nowhere in the number's sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cue:
    """One way a metric is worded."""

    metric: str
    before: str
    after: str = ""
    near: str = ""
    never: str = ""

    def is_near(self, paragraph: str) -> bool:
        """Whether a paragraph has the topic."""
        return re.search(self.near, paragraph) is not None

    def fits(self, before: str, after: str, sentence: str) -> bool:
        """Whether the words round a number are these."""
        return (
            re.search(f"(?:{self.before})$", before) is not None
            and re.match(self.after, after) is not None
            and not (self.never and re.search(self.never, sentence))
        )


# fmt: off
_BENEFITS = (
    Cue("suqitong_consultations", "咨询量[为达]?", near="苏企通"),
    Cue("suqitong_cases", "办件量[为达]?", near="苏企通"),
    Cue("suqitong_entities", "惠及(?:市场|经营)主体", near="苏企通"),
    Cue("suqitong_amount", "涉及总?金额[为达]?", near="苏企通"),
    Cue("suqitong_amount_industry", "产业转型升级专项资金", near="苏企通"),
    Cue("suqitong_amount_refund", "暂退返还资金", near="苏企通"),
    Cue("suqitong_amount_subsidy", "各类补贴", near="苏企通"),
    Cue("public_service_city_items", "市设[^。]{0,12}公共服务事项清单[^。]{0,14}"),
    Cue("public_service_claimed", "已?认领", "(?!事项)", "公共服务事项|公共服务", "监管|权力"),
)
_SYSTEM = (
    Cue("exit_departments", "", "部门[^。，]{0,8}经营许可注销"),
    Cue("exit_items", "", "涉企经营许可注销"),
    Cue("cross_province_items", "跨省通办[^。]{0,60}(?:共计?|业务)"),
    Cue("in_province_items", "省内通办[^。]{0,24}(?:首批|共|实现)"),
    Cue("restaurant_cases", "开小餐馆一件事"),
    Cue("newborn_cases", "新生儿出生一件事"),
    Cue("one_thing_packages", "推出", "一件事套餐"),
    Cue("etiquette_training", "形象礼仪[^。]{0,12}培训"),
    Cue("service_fund", "匹配|安排", "专项资金"),
    Cue("service_fund_towns", "对", "镇（街道）采取"),
    Cue("service_fund_per_town", "每个镇（街道）(?:下拨|补助|安排)", "专项资金"),
    Cue("service_circle_minutes", "", "便民利企服务圈"),
    Cue("scene_services", "推出", "应用场景"),
    Cue("one_stop_items", "", "事项一站式办理"),
    Cue("specialist_window_coverage", "全科\\+专窗服务(?:覆盖率)?[为达]?"),
    Cue("elderly_training", "", "的?老年人智能技术"),
    Cue("home_service_cases", "产生办件", near="上门服务"),
    Cue("remote_items", "异地通办事项清单"),
    Cue("delegated_items", "", "事项全部下沉"),
    Cue("settled_points", "", "(?:政务服务)?(?:便利站|便民服务点)首批"),
    Cue("settled_items", "(?:便利站|便民服务点)首批", "事项进驻"),
    Cue("specialist_training", "", "畅通办专员培训"),
    Cue("online_filing_training", "", "网上应用及智能申报"),
    Cue("cross_province_distance", "", "服务零距离"),
    Cue("quick_scenes", "", "好办快办场景"),
    Cue("generalist_communities", "", "社区同步推行全科社工"),
    Cue("weekly_video_checks", "每周[^。]{0,30}视频抽查"),
    Cue("monthly_inspected_sites", "每月[^。]{0,40}大厅", "点位"),
)
_ONLINE = (
    Cue("foreign_items", "", "涉外业务"),
    Cue("foreign_policies", "", "服务政策", near="涉外"),
    Cue("micro_videos", "", "微视频"),
    Cue("manuals", "", "操作手册"),
    Cue("mobile_apps", "便民服务应用"),
    Cue("teacher_certifications", "教师资格证?网上认定"),
    Cue("archive_items", "", "民生档案"),
    Cue("archive_queries", "自助查档"),
    Cue("sampling_code_prints", "核酸采样[^。]{0,40}已?打印"),
    Cue("guide_items", "新增(?:上线)?了?", "业务", "智能导办"),
    Cue("guide_scenes", "", "智能导办服务场景"),
    Cue("delta_scenes", "", "长三角电子证照[^，。]{0,8}场景"),
    Cue("power_completeness", "行政权力事项入库完整率[^。]{0,32}[为达]"),
    Cue("public_service_completeness", "公共服务事项入库完整率[^。]{0,16}[为达]"),
    Cue("guide_completeness", "办事指南完整度[^，。]{0,4}[为达]"),
    Cue("completeness_rank", "完整度[^。]{0,16}全省"),
    Cue("power_claim_rate", "事项认领率[^。]{0,10}", near="权力事项", never="监管"),
    Cue("faceless_rate", "不见面(?:办理)?率[^。]{0,12}"),
    Cue("faceless_rate", "不见面办理率低于全市平均水平（"),
    Cue("instant_rate", "(?:即办率|即办件占比)[^。]{0,14}"),
    Cue("instant_rate", "低于全市平均水平（", near="即办件"),
    Cue("quality_issues", "发现了?", "问题", "质检"),
    Cue("mobile_standard_connected", "已接入", "(?:移动端)?标准应用"),
    Cue("mobile_standard_total", "标准应用（共"),
    Cue("mobile_standard_rank", "标准应用[^。]{0,16}全省"),
    Cue("mobile_standard_pending", "[仍还尚]有", "(?:移动端)?(?:标准应用)?(?:仍|尚)?未接入"),
)
_SUPERVISION = (
    Cue("supervision_items", "梳理监管事项"),
    Cue("supervision_items", "", "监管事项"),
    Cue("checklists", "检查实施清单"),
    Cue("checklist_rate", "清单编制率[为达]?"),
    Cue("supervision_departments", "涉及", "部门", "监管事项", "录用|信息"),
    Cue("supervision_new_items", "新增(?:监管)?事项", near="监管事项"),
    Cue("supervision_claimed_items", "认领(?:监管)?事项", near="监管事项"),
    Cue("supervision_claim_rate", "认领率[为达]?", near="监管事项"),
    Cue("supervision_claim_rank", "认领率[^。]{0,12}全省", near="监管事项"),
    Cue("behaviour_coverage", "监管行为覆盖率[已均]*[为达在]?"),
    Cue("behaviour_pushed", "推送监管行为数据"),
    Cue("behaviour_stored", "入库", near="监管行为数据", never="完整率"),
    Cue("behaviour_accuracy", "准确率[为达]?", near="监管行为数据"),
    Cue("risk_clues", "预警线索"),
    Cue("clue_feedback_rate", "反馈率[为达]?", near="线索"),
    Cue("clue_closure_rate", "办结率[为达]?", near="线索"),
    Cue("supervision_news", "监管动态"),
    Cue("supervision_exposures", "监管曝光台"),
    Cue("supervision_reports", "(?<!共)报送", near="监管动态"),
    Cue("supervision_adopted", "录用(?:监管)?(?:信息)?", near="监管信息"),
    Cue("supervision_adopted_rank", "录用[^。]{0,20}全省"),
)
_SNAPSHOTS = (
    Cue("staff_target", "", "的?畅通办专员(?:队伍|已培育)?(?:[，。、；]|$)", "建立|目标|计划", "培训"),
    Cue("staff_target", "", "畅通办专员已培育"),
    Cue("staff_trained", "专员[^，。]{0,6}已?培育"),
    Cue("warning_count", "网办(?:事项)?预警"),
    Cue("warning_count", "（", "）", "网办(?:事项)?预警", "超期"),
    Cue("overdue_count", "网办(?:事项)?超期"),
    Cue("overdue_count", "（", "）", "网办(?:事项)?超期", "预警"),
)
_COUNTS = (
    Cue("roster_linked_tiers", "", "联动", "省市县"),
    Cue("roster_suqitong_departments", "等", "部门开展事项拆解"),
    Cue("roster_operation_aspects", "等", "方面", "运行管理"),
    Cue("roster_liyang_complaint_windows", "", "开设办不成事"),
    Cue("roster_liyang_joint_places", "", "通办", "省内通办"),
    Cue("roster_wujin_points_new", "新建[^。，]{0,24}", "(?:政务服务)?(?:便利站|便民服务点)"),
    Cue("roster_jingkai_one_things", "", "群众身边[^。，]{0,6}一件事"),
    Cue("roster_jingkai_license_stages", "", "阶段", "证照"),
    Cue("roster_jingkai_inspected_halls", "", "服务大厅", "现场巡查"),
    Cue("roster_foreign_departments", "等", "部门", "涉外服务"),
    Cue("roster_mobile_sections", "", "版块"),
    Cue("roster_map_levels", "", "服务大厅", "政务地图"),
    Cue("roster_guide_departments", "", "部门", "智能导办"),
    Cue("roster_power_unclaimed", "等", "部门存在未认领"),
    Cue("roster_faceless_low", "", "部门不见面办理率低于"),
    Cue("roster_instant_low", "", "部门(?:即办率|即办件占比)?低于全市平均", "即办件"),
    Cue("roster_warned_departments", "涉及", "部门", "网办(?:事项)?预警", "超期"),
    Cue("roster_overdue_departments", "涉及", "部门", "网办(?:事项)?超期", "预警"),
    Cue("roster_news_departments", "", "市级部门", "监管动态"),
)
# fmt: on
CUES: tuple[Cue, ...] = (
    *_BENEFITS,
    *_SYSTEM,
    *_ONLINE,
    *_SUPERVISION,
    *_SNAPSHOTS,
    *_COUNTS,
)
