"""Rosters (名单): the bulletin's enumerations, what their members are and how they read.

`tone` says what being named means: `concern` (落后、问题), `praise` (领先), `neutral`.
`counted` rosters come with a stated number, kept apart from the members and compared with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["praise", "concern", "neutral"]
MemberKind = Literal["department", "district", "text"]
# For people.
TONE_NAMES = {"praise": "领先", "concern": "落后或问题", "neutral": "中性"}
MEMBER_NAMES = {"department": "部门", "district": "地区", "text": "文字"}


@dataclass(frozen=True)
class Roster:
    """One list: `name` is what uploads call it; members resolve by `member`."""

    id: str
    name: str
    section: str
    member: MemberKind = "text"
    tone: Tone = "neutral"
    counted: bool = False


# fmt: off
_SYSTEM = (
    Roster("work_lines", "半年工作主线", "前言"),
    Roster("task_documents", "便民服务提升任务文件", "一、1"),
    Roster("pilot_tasks", "省级试点任务", "一、2"),
    Roster("linked_tiers", "联动的行政层级", "一、2", counted=True),
    Roster("portal_partners", "苏企通门户共建单位", "一、3", "department"),
    Roster("portal_consensus", "苏企通门户共识内容", "一、3"),
    Roster("suqitong_departments", "苏企通事项拆解部门", "一、3", "department", counted=True),
    Roster("suqitong_tasks", "苏企通部门任务", "一、3"),
    Roster("suqitong_amount_parts", "苏企通涉及金额构成", "一、3"),
    Roster("claim_lists", "公共服务事项认领依据清单", "一、4"),
    Roster("public_service_places", "公共服务事项认领地区", "一、4", "district"),
    Roster("operation_aspects", "“一网通办”运行管理方面", "一、5", counted=True),
    Roster("security_measures", "网络安全保障措施", "一、6"),
    Roster("upgrade_targets", "便民服务提升站点类型", "二"),
    Roster("centers_completed", "基本完成改造的政务服务中心", "二", "district", "praise"),
    Roster("town_added", "为民服务中心有新增的地区", "二", "district"),
    Roster("village_added", "便民服务中心有新增的地区", "二", "district"),
    Roster("liyang_complaint_windows", "溧阳市“办不成事”反映窗口层级", "二、溧阳市", counted=True),
    Roster("liyang_service_modes", "溧阳市帮办服务方式", "二、溧阳市"),
    Roster("liyang_joint_places", "溧阳市“省内通办”两地", "二、溧阳市", counted=True),
    Roster("liyang_platform_functions", "“溧企通”平台功能", "二、溧阳市"),
    Roster("jintan_centers", "金坛区列名的改造大厅", "二、金坛区"),
    Roster("jintan_points_pending", "金坛区筹建中的便利站", "二、金坛区"),
    Roster("jintan_town_items", "金坛区推动入驻镇（街道）的事项", "二、金坛区"),
    Roster("jintan_special_services", "金坛区第二批特色服务", "二、金坛区"),
    Roster("jintan_one_things", "金坛区已办理的“一件事”", "二、金坛区"),
    Roster("jintan_staff_measures", "金坛区专员队伍建设措施", "二、金坛区"),
    Roster("wujin_points_new", "武进区新建便利站", "二、武进区", counted=True),
    Roster("wujin_points_pending", "武进区筹备中的便利站", "二、武进区"),
    Roster("wujin_window_halls", "武进区推进窗口形象标准化的大厅", "二、武进区"),
    Roster("xinbei_hall_features", "新北区新大厅增设服务", "二、新北区"),
    Roster("xinbei_hall_functions", "新北区新大厅功能", "二、新北区"),
    Roster("xinbei_training", "新北区人员培训机制", "二、新北区"),
    Roster("xinbei_staff_traits", "新北区专员队伍要求", "二、新北区"),
    Roster("tianning_sample_towns", "天宁区样本街道", "二、天宁区"),
    Roster("tianning_center_goals", "天宁区“六边形”中心目标", "二、天宁区"),
    Roster("tianning_service_modes", "天宁区提升的服务方式", "二、天宁区"),
    Roster("tianning_partners", "天宁区“跨域通办”合作地区", "二、天宁区"),
    Roster("zhonglou_trainings", "钟楼区网上培训内容", "二、钟楼区"),
    Roster("zhonglou_certificates", "钟楼区推广的电子凭证", "二、钟楼区"),
    Roster("jingkai_generalist_towns", "经开区推行全科社工的街道", "二、经开区"),
    Roster("jingkai_cross_fields", "经开区“跨省通办”业务领域", "二、经开区"),
    Roster("jingkai_one_things", "经开区精品“一件事”", "二、经开区", counted=True),
    Roster("jingkai_license_stages", "经开区“证照合办”阶段", "二、经开区", counted=True),
    Roster("jingkai_inspected_halls", "经开区现场巡查大厅层级", "二、经开区", counted=True),
)

_ONLINE = (
    Roster("pc_columns", "旗舰店新增服务专栏", "三（一）1"),
    Roster("foreign_departments", "涉外服务部门", "三（一）1", "department", counted=True),
    Roster("foreign_contents", "涉外服务专栏内容", "三（一）1"),
    Roster("mobile_sections", "移动端门户版块", "三（一）2", counted=True),
    Roster("mobile_app_tiers", "移动端接入应用层级", "三（一）2"),
    Roster("mobile_app_kinds", "移动端接入应用类别", "三（一）2"),
    Roster("mobile_fields", "移动端应用覆盖领域", "三（一）2"),
    Roster("map_levels", "“政务地图”服务大厅层级", "三（一）2", counted=True),
    Roster("map_functions", "“政务地图”功能", "三（一）2"),
    Roster("map_places", "“政务地图”可查场所", "三（一）2"),
    Roster("exam_services", "移动端中高考服务", "三（一）2"),
    Roster("selfservice_certificates", "自助端高频证明材料", "三（一）3"),
    Roster("guide_departments", "“智能导办”新增业务部门", "三（一）4", "department", counted=True),
    Roster("delta_departments", "长三角证照接口开发部门", "三（一）5", "department"),
    Roster("delta_certificates", "完成接口开发的证照", "三（一）5"),
    Roster("delta_mutual", "长三角互认共享的证照", "三（一）5"),
    Roster("tianning_service_model", "天宁区智慧政务服务模式", "三（一）8"),
    Roster("complete_metrics", "位列全省第一的指标", "三（二）"),
    Roster("lagging_metrics", "省内排名落后的指标", "三（二）", tone="concern"),
    Roster("power_unclaimed", "存在未认领权力事项的部门", "三（二）权力事项认领", "department", "concern", True),
    Roster("power_claim_low", "权力事项认领率低的地区", "三（二）权力事项认领", "district", "concern"),
    Roster("faceless_low", "不见面办理率低于全市平均的部门", "三（二）不见面办理", "department", "concern", True),
    Roster("instant_low", "即办件占比低于全市平均的部门", "三（二）即办件", "department", "concern", True),
    Roster("instant_low_districts", "即办件占比较低的地区", "三（二）即办件", "district", "concern"),
    Roster("warned_departments", "产生网办预警的部门", "三（三）", "department", "concern", True),
    Roster("overdue_departments", "产生网办超期的部门", "三（三）", "department", "concern", True),
    Roster("response_channels", "网办申请渠道", "三（三）"),
    Roster("inspection_monitors", "网站监测单位", "三（四）", "department"),
    Roster("quality_inspectors", "全面质检单位", "三（四）"),
    Roster("inspection_problems", "网站监测发现的问题", "三（四）", tone="concern"),
    Roster("quality_problems", "全面质检要求杜绝的问题", "三（四）", tone="concern"),
)

_SUPERVISION = (
    Roster("monitored_halls", "监控已接入监管系统的大厅", "四（一）"),
    Roster("not_reporting", "未开展监管数据上报的部门", "四（三）", "department", "concern"),
    Roster("coverage_full", "监管行为覆盖率100%的部门", "四（三）", "department", "praise"),
    Roster("coverage_high", "监管行为覆盖率85%以上的部门", "四（三）", "department", "praise"),
    Roster("coverage_low", "监管行为覆盖率50%以下的部门", "四（三）", "department", "concern"),
    Roster("clue_sources", "风险预警线索来源", "四（四）"),
    Roster("clue_steps", "风险预警线索办理环节", "四（四）"),
    Roster("news_departments", "报送监管信息的市级部门", "四（五）", "department", "praise", True),
    Roster("adopted_departments", "监管信息被省录用的部门", "四（五）", "department", "praise"),
)
# fmt: on

ROSTERS: tuple[Roster, ...] = (*_SYSTEM, *_ONLINE, *_SUPERVISION)
ROSTER_BY_ID = {roster.id: roster for roster in ROSTERS}
_IDS_BY_NAME = {roster.name: roster.id for roster in ROSTERS}


def roster_id(name: str) -> str | None:
    """The roster id of an uploaded list name; exact match only."""
    return _IDS_BY_NAME.get(name.strip())
