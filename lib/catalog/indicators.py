"""The indicators dataset's vocabulary: every figure of the bulletin outside the three snapshots.

One line each: id, Chinese name, unit, section, definition. Definitions marked ※ are common
practice without a formal source; the half-yearly bulletin of August 2022 is the source of the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["higher", "lower", "neutral"]
Basis = Literal["stock", "flow", "rate", "rank"]


@dataclass(frozen=True)
class Indicator:
    """One indicator name; see `metrics.Metric` for the meaning of the fields."""

    id: str
    name: str
    unit: str
    section: str
    definition: str
    direction: Direction = "higher"
    basis: Basis = "stock"
    scope: str = "city"
    target: float | str | None = None
    aliases: tuple[str, ...] = ()


def _flow(id: str, name: str, unit: str, section: str, definition: str) -> Indicator:
    return Indicator(id, name, unit, section, definition, basis="flow")


def _rate(
    id: str,
    name: str,
    section: str,
    definition: str,
    scope: str = "city",
    aliases: tuple[str, ...] = (),
) -> Indicator:
    return Indicator(id, name, "%", section, definition, "higher", "rate", scope, aliases=aliases)


def _rank(id: str, name: str, section: str, definition: str, scope: str = "city") -> Indicator:
    return Indicator(id, name, "位", section, definition, "lower", "rank", scope)


def _size(id: str, name: str, unit: str, section: str, definition: str) -> Indicator:
    return Indicator(id, name, unit, section, definition, "neutral")


# fmt: off
_BENEFITS = (
    _flow("suqitong_consultations", "苏企通政策咨询量", "", "一、3", "常州门户各类纾困政策的累计咨询量"),
    _flow("suqitong_cases", "苏企通办件量", "件", "一、3", "常州门户累计办件量"),
    _flow("suqitong_entities", "苏企通惠及市场主体数", "家", "一、3", "常州门户惠及的市场主体数"),
    _flow("suqitong_amount", "苏企通涉及总金额", "元", "一、3", "常州门户纾困政策涉及的总金额"),
    _flow("suqitong_amount_industry", "产业转型升级专项资金", "元", "一、3", "总金额中的产业转型升级专项资金"),
    _flow("suqitong_amount_refund", "暂退返还资金", "元", "一、3", "总金额中的暂退返还资金"),
    _flow("suqitong_amount_subsidy", "各类补贴发放额", "元", "一、3", "总金额中发放的各类补贴"),
    _size("public_service_city_items", "市设依申请公共服务事项数", "条", "一、4", "市设依申请办理公共服务事项清单（2022年版）条目数"),
    Indicator("public_service_claimed", "公共服务事项已认领数", "项", "一、4", "对省定、市设清单已认领的公共服务事项数；与权力事项、监管事项的认领互不相同", scope="city_level"),
)

_SYSTEM = (
    _size("exit_departments", "企业注销“一件事”清单涉及部门数", "个", "二、溧阳市", "涉企经营许可注销事项清单涉及的部门数"),
    _flow("exit_items", "企业注销“一件事”清单事项数", "项", "二、溧阳市", "涉企经营许可注销事项数"),
    _flow("cross_province_items", "“跨省通办”清单事项数", "项", "二", "对外公布或梳理形成的“跨省通办”事项数"),
    _flow("in_province_items", "“省内通办”两地通办事项数", "项", "二、溧阳市", "与省内结对地区实现两地通办的事项数"),
    _flow("restaurant_cases", "开小餐馆“一件事”办件数", "件", "二、金坛区", "累计办理件数"),
    _flow("newborn_cases", "新生儿出生“一件事”办件数", "件", "二、金坛区", "累计办理件数"),
    _flow("one_thing_packages", "“一件事”套餐办服务项数", "项", "二、武进区", "推出的“一件事”套餐办服务项数"),
    _flow("etiquette_training", "服务窗口形象礼仪培训人次", "人次", "二、武进区", "专题培训人次"),
    _size("service_fund", "政务便民工程专项资金", "元", "二、新北区", "区财政匹配的专项资金总额"),
    _size("service_fund_towns", "以奖代补镇（街道）数", "个", "二、新北区", "享受以奖代补的镇（街道）数"),
    _size("service_fund_per_town", "每个镇（街道）下拨专项资金", "元", "二、新北区", "每个镇（街道）下拨的专项资金"),
    _size("service_circle_minutes", "便民利企服务圈时间", "分钟", "二、新北区", "“便民利企服务圈”的到达时间 ※"),
    _flow("scene_services", "应用场景服务种数", "种", "二、天宁区", "推出的应用场景服务种数"),
    _flow("one_stop_items", "“一站式办理”事项数", "个", "二、天宁区", "实现“一站式办理”的事项数"),
    _rate("specialist_window_coverage", "“全科+专窗”服务覆盖率", "二、天宁区", "提供“全科+专窗”服务的站点占比 ※"),
    _flow("elderly_training", "老年人智能技术运用培训人次", "人次", "二、天宁区", "培训人次"),
    _flow("home_service_cases", "上门延时帮办服务办件数", "件", "二、天宁区", "上门、延时、帮办等服务产生的办件数"),
    _flow("remote_items", "“异地通办”清单事项数", "项", "二、天宁区", "与结对地区共同梳理的“异地通办”事项数"),
    _flow("delegated_items", "下沉镇（街道）事项数", "个", "二、钟楼区", "下沉镇（街道）办理的事项数（公安事项除外）"),
    _flow("settled_points", "首批事项进驻的便利站数", "个", "二、钟楼区", "完成首批事项进驻的政务服务便利站数"),
    _flow("settled_items", "便利站首批进驻事项数", "个", "二、钟楼区", "首批进驻政务服务便利站的事项数"),
    _flow("specialist_training", "“畅通办”专员培训人数", "人", "二、钟楼区", "参加业务培训的专员人数；不等于已培育人数"),
    _flow("online_filing_training", "网上应用及智能申报培训人次", "人次", "二、钟楼区", "培训人次"),
    _size("cross_province_distance", "跨省通办服务距离", "公里", "二、钟楼区", "跨省办理退休资格认证两地间的距离"),
    _flow("quick_scenes", "“好办”“快办”场景数", "个", "二、钟楼区", "以智能导办为主梳理完成的场景数"),
    _flow("generalist_communities", "推行全科社工的社区数", "个", "二、经开区", "同步推行全科社工的社区数"),
    _flow("weekly_video_checks", "每周视频抽查次数", "次", "二、经开区", "对镇（街道）中心工作人员每周视频抽查次数"),
    _flow("monthly_inspected_sites", "每月现场巡查点位数", "个", "二、经开区", "每月现场巡查的两级服务大厅点位数"),
)

_ONLINE = (
    _flow("foreign_items", "涉外业务事项数", "项", "三（一）1", "“涉外服务”专栏涵盖的业务事项数"),
    _flow("foreign_policies", "涉外服务政策类数", "类", "三（一）1", "汇编与解读的服务政策类数"),
    _flow("micro_videos", "“办事微课堂”微视频数", "个", "三（一）1", "已上线的微视频数"),
    _flow("manuals", "“办事微课堂”操作手册数", "份", "三（一）1", "已上线的操作手册数"),
    _flow("mobile_apps", "移动端接入应用数", "个", "三（一）2", "常州门户接入的省、市、区三级政务服务和便民服务应用数；不等于标准应用接入数"),
    _flow("teacher_certifications", "教师资格证网上认定人次", "人次", "三（一）2", "通过“掌上办”认定的人次"),
    _flow("archive_items", "民生档案自助申报业务项数", "项", "三（一）3", "可自助申报查询的民生档案业务项数"),
    _flow("archive_queries", "自助查档份数", "份", "三（一）3", "上线以来自助查档份数"),
    _flow("sampling_code_prints", "核酸采样码自助打印份数", "份", "三（一）3", "流动追溯（核酸采样）码自助打印份数"),
    _flow("guide_items", "“智能导办”新增业务项数", "项", "三（一）4", "新增上线的“智能导办”业务项数"),
    _flow("guide_scenes", "“智能导办”新增场景数", "个", "三（一）4", "新增上线的“智能导办”服务场景数"),
    _flow("delta_scenes", "长三角电子证照共享应用场景数", "个", "三（一）5", "梳理形成的共享应用场景数"),
    _rate("power_completeness", "行政权力事项入库完整率", "三（二）", "已入库的市级行政权力事项÷应入库数 ※", scope="city_level"),
    _rate("public_service_completeness", "公共服务事项入库完整率", "三（二）", "已入库的公共服务事项÷应入库数 ※", scope="city_level"),
    _rate("guide_completeness", "办事指南完整度", "三（二）", "要素齐全的办事指南÷办事指南总数 ※", scope="city_level"),
    _rank("completeness_rank", "入库完整率和指南完整度省内排名", "三（二）", "三项完整率指标在全省的名次", "city_level"),
    _rate("power_claim_rate", "权力事项认领率", "三（二）权力事项认领", "已认领省定行政权力事项数÷应认领数 ※；与监管事项认领率、公共服务事项认领数互不相同"),
    _rate("faceless_rate", "不见面办理率", "三（二）不见面办理", "可全程不见面办理的事项数÷依申请事项数 ※；法律规定必须见面的另作说明", aliases=("不见面率",)),
    _rate("instant_rate", "即办件占比", "三（二）即办件", "即办件事项数÷事项总数 ※；是事项占比，不是办件量占比", aliases=("即办率",)),
    Indicator("quality_issues", "全面质检发现问题数", "条", "三（四）", "省、市政务办对一体化政务服务平台全面质检发现的问题数", "lower", "flow"),
    Indicator("mobile_standard_connected", "移动端标准应用已接入数", "项", "三（五）", "按省第二版标准应用清单已接入的应用数", target="mobile_standard_total"),
    _size("mobile_standard_total", "移动端标准应用总数", "项", "三（五）", "省第二版标准应用清单的应用总数"),
    Indicator("mobile_standard_pending", "移动端标准应用未接入数", "项", "三（五）", "尚未接入的标准应用数", "lower"),
    _rank("mobile_standard_rank", "移动端标准应用接入省内排名", "三（五）", "标准应用接入数在全省的名次"),
)

_SUPERVISION = (
    _size("supervision_items", "监管事项数", "个", "四（二）", "“互联网+监管”系统中梳理的监管事项数"),
    _flow("checklists", "检查实施清单数", "个", "四（二）", "已编制的检查实施清单数；一个事项可有多份清单，与事项数相除没有意义"),
    _rate("checklist_rate", "检查实施清单编制率", "四（二）", "已编清单的监管事项÷应编事项 ※"),
    Indicator("supervision_departments", "监管事项涉及部门数", "个", "四（二）", "市本级监管事项涉及的部门数", "neutral", scope="city_level"),
    Indicator("supervision_new_items", "新增监管事项数", "个", "四（二）", "市本级自行新增的监管事项数 ※", "neutral", scope="city_level"),
    Indicator("supervision_claimed_items", "认领监管事项数", "个", "四（二）", "市本级认领的监管事项数", scope="city_level"),
    _rate("supervision_claim_rate", "监管事项认领率", "四（二）", "市本级已认领监管事项的比率；原文分母未注明", scope="city_level"),
    _rank("supervision_claim_rank", "监管事项认领率省内排名", "四（二）", "监管事项认领率在全省的名次", "city_level"),
    _rate("behaviour_coverage", "监管行为覆盖率", "四（三）", "有监管行为数据的监管事项÷监管事项总数 ※"),
    _flow("behaviour_pushed", "推送监管行为数据条数", "条", "四（三）", "全市推送的监管行为数据条数"),
    _flow("behaviour_stored", "监管行为数据入库条数", "条", "四（三）", "推送后成功入库的条数"),
    _rate("behaviour_accuracy", "监管行为数据报送准确率", "四（三）", "入库条数÷推送条数 ※"),
    _flow("risk_clues", "风险预警线索数", "条", "四（四）", "接收国家和省系统下发的风险预警线索条数"),
    _rate("clue_feedback_rate", "风险预警线索反馈率", "四（四）", "已反馈线索÷接收线索 ※"),
    _rate("clue_closure_rate", "风险预警线索办结率", "四（四）", "已办结线索÷接收线索 ※"),
    _flow("supervision_news", "监管动态报送条数", "条", "四（五）", "报送的监管动态条数"),
    _flow("supervision_exposures", "监管曝光台报送条数", "条", "四（五）", "报送的监管曝光台条数"),
    Indicator("supervision_reports", "监管信息报送条数", "条", "四（五）", "报送的监管信息条数；原文未说明是否含监管曝光台", basis="flow", scope="city_level"),
    _flow("supervision_adopted", "省门户录用监管信息条数", "条", "四（五）", "被省“互联网+监管”门户录用的监管信息条数"),
    _rank("supervision_adopted_rank", "监管信息录用省内排名", "四（五）", "录用条数在全省的名次"),
)
# fmt: on

INDICATORS: tuple[Indicator, ...] = (*_BENEFITS, *_SYSTEM, *_ONLINE, *_SUPERVISION)
