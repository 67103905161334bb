"""Reconciliation rules (勾稽规则): which stated figures and lists must agree, declared once.

Rules compare what was stated with what the details say; they never change a figure.
Roster lengths need no entry here: every counted roster is compared with its members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lib.catalog.handling import PASSED, WARNED

Dimension = Literal["district", "department"]
Kind = Literal["分项与合计", "名单与个数", "比率", "部分与整体", "包含关系", "跨数据集"]


@dataclass(frozen=True)
class SumRule:
    """The stated total of `metric` equals the sum of its rows by `over`.

    usual: the source usually gives the rows, so their absence is a finding of its own
    """

    kind: ClassVar[Kind] = "分项与合计"
    id: str
    name: str
    metric: str
    over: Dimension
    resolver: str
    usual: bool = True


@dataclass(frozen=True)
class PlanRule:
    """The city's `planned` plus what the districts `added` equals the city's `upgraded`."""

    kind: ClassVar[Kind] = "分项与合计"
    id: str
    name: str
    planned: str
    added: str
    upgraded: str
    resolver: str


@dataclass(frozen=True)
class RatioRule:
    """The stated `rate` (%) equals numerator ÷ denominator, to the places it was stated in."""

    kind: ClassVar[Kind] = "比率"
    id: str
    name: str
    rate: str
    numerator: str
    denominator: str
    district: str
    resolver: str


@dataclass(frozen=True)
class PartsRule:
    """`whole` equals the sum of `parts`; with `partial`, parts may fall short but not exceed."""

    kind: ClassVar[Kind] = "部分与整体"
    id: str
    name: str
    whole: str
    parts: tuple[str, ...]
    district: str
    resolver: str
    partial: bool = False


@dataclass(frozen=True)
class ProductRule:
    """`total` equals count × each."""

    kind: ClassVar[Kind] = "分项与合计"
    id: str
    name: str
    total: str
    count: str
    each: str
    district: str
    resolver: str


@dataclass(frozen=True)
class SubsetRule:
    """Whether `part` stays within `whole` for every department; if not, that is a definition to know."""

    kind: ClassVar[Kind] = "包含关系"
    id: str
    name: str
    part: str
    whole: str
    resolver: str
    explanation: str


@dataclass(frozen=True)
class WithinRule:
    """No place's `part` exceeds the sum of `wholes`, which are the place's own or the city's."""

    kind: ClassVar[Kind] = "部分与整体"
    id: str
    name: str
    part: str
    wholes: tuple[str, ...]
    of: Literal["itself", "city"]
    resolver: str


@dataclass(frozen=True)
class NamedRule:
    """The places on `rosters` are those whose `metric` is from `least` to `most`, both ways."""

    kind: ClassVar[Kind] = "跨数据集"
    id: str
    name: str
    rosters: tuple[str, ...]
    metric: str
    least: int | None
    most: int | None
    resolver: str


@dataclass(frozen=True)
class BelowRule:
    """The places on `roster` have a lower `metric` than the city, or than all places not on it."""

    kind: ClassVar[Kind] = "跨数据集"
    id: str
    name: str
    roster: str
    metric: str
    than: Literal["city", "others"]
    resolver: str


@dataclass(frozen=True)
class ApartRule:
    """No member of `roster` is on one of `others` too."""

    kind: ClassVar[Kind] = "包含关系"
    id: str
    name: str
    roster: str
    others: tuple[str, ...]
    resolver: str


@dataclass(frozen=True)
class InsideRule:
    """Every member of the roster `part` is on the roster `whole` too."""

    kind: ClassVar[Kind] = "包含关系"
    id: str
    name: str
    part: str
    whole: str
    resolver: str


@dataclass(frozen=True)
class CasesRule:
    """Every department's `metric` is how many of its cases have one of `statuses`, and the city's how many have."""

    kind: ClassVar[Kind] = "跨数据集"
    id: str
    name: str
    metric: str
    statuses: tuple[str, ...]
    resolver: str


FigureRule = SumRule | PlanRule | RatioRule | PartsRule | ProductRule | SubsetRule | WithinRule
ListRule = NamedRule | BelowRule | ApartRule | InsideRule
Rule = FigureRule | ListRule | CasesRule

# fmt: off
RULES: tuple[Rule, ...] = (
    SumRule("points_sum", "便利站提升数：分区合计", "center_point_upgraded", "district", "市政务办与各辖市（区）"),
    SumRule("towns_sum", "为民服务中心提升数：分区合计", "center_town_upgraded", "district", "市政务办与各辖市（区）"),
    SumRule("villages_sum", "便民服务中心提升数：分区合计", "center_village_upgraded", "district", "市政务办与各辖市（区）"),
    SumRule("counties_completed", "政务服务中心完成数：分区合计", "center_county_completed", "district", "市政务办与各辖市（区）"),
    SumRule("points_completed", "便利站实体运转数：分区合计", "center_point_completed", "district", "市政务办与各辖市（区）", usual=False),
    SumRule("staff_sum", "专员已培育人数：分区合计", "staff_trained", "district", "市政务办与各辖市（区）", usual=False),
    SumRule("warnings_sum", "网办预警：部门合计", "warning_count", "department", "市政务办"),
    SumRule("overdue_sum", "网办超期：部门合计", "overdue_count", "department", "市政务办"),
    SumRule("adopted_sum", "省门户录用：部门合计", "supervision_adopted", "department", "市政务办与列名部门"),
    PlanRule("counties_plan", "县级站点提升数：计划＋新增", "center_county_planned", "center_county_added", "center_county_upgraded", "市政务办与各辖市（区）"),
    PlanRule("towns_plan", "镇级站点提升数：计划＋新增", "center_town_planned", "center_town_added", "center_town_upgraded", "市政务办与各辖市（区）"),
    PlanRule("villages_plan", "村级站点提升数：计划＋新增", "center_village_planned", "center_village_added", "center_village_upgraded", "市政务办与各辖市（区）"),
    PlanRule("points_plan", "便民点提升数：计划＋新增", "center_point_planned", "center_point_added", "center_point_upgraded", "市政务办与各辖市（区）"),
    RatioRule("supervision_claim", "监管事项认领率：认领÷总数", "supervision_claim_rate", "supervision_claimed_items", "supervision_items", "city_level", "市政务办"),
    RatioRule("behaviour_accuracy", "监管数据准确率：入库÷推送", "behaviour_accuracy", "behaviour_stored", "behaviour_pushed", "city", "市政务办"),
    PartsRule("mobile_parts", "移动端标准应用：分项合计", "mobile_standard_total", ("mobile_standard_connected", "mobile_standard_pending"), "city", "市政务办"),
    PartsRule("supervision_parts", "市本级监管事项：分项合计", "supervision_items", ("supervision_new_items", "supervision_claimed_items"), "city_level", "市政务办"),
    PartsRule("suqitong_parts", "苏企通金额：列举合计不超总额", "suqitong_amount", ("suqitong_amount_industry", "suqitong_amount_refund", "suqitong_amount_subsidy"), "city", "市政务办", partial=True),
    ProductRule("xinbei_fund", "新北区专项资金：镇数×每镇", "service_fund", "service_fund_towns", "service_fund_per_town", "xinbei", "新北区"),
    SubsetRule("overdue_within_warnings", "超期件数：是否在预警之内", "overdue_count", "warning_count", "市政务办", "超期不是预警的一部分，两个数不能相除，也不能画成漏斗"),
    WithinRule("towns_added_within", "镇级站点：新增数在提升数之内", "center_town_added", ("center_town_upgraded",), "itself", "各辖市（区）"),
    WithinRule("villages_added_within", "村级站点：新增数在提升数之内", "center_village_added", ("center_village_upgraded",), "itself", "各辖市（区）"),
    WithinRule("supervision_items_within", "监管事项数：市本级在全市之内", "supervision_items", ("supervision_items",), "city", "市政务办"),
    WithinRule("reports_within", "监管信息报送：市本级在全市之内", "supervision_reports", ("supervision_news", "supervision_exposures"), "city", "市政务办"),
    NamedRule("centers_completed_named", "完成改造的政务服务中心：名单与完成数", ("centers_completed",), "center_county_completed", 1, None, "市政务办与各辖市（区）"),
    NamedRule("town_added_named", "镇级站点有新增的地区：名单与新增数", ("town_added",), "center_town_added", 1, None, "市政务办与各辖市（区）"),
    NamedRule("village_added_named", "村级站点有新增的地区：名单与新增数", ("village_added",), "center_village_added", 1, None, "市政务办与各辖市（区）"),
    NamedRule("public_service_named", "公共服务事项认领：地区名单与认领数", ("public_service_places",), "public_service_claimed", 0, None, "市政务办与各辖市（区）"),
    NamedRule("warned_named", "网办预警：部门名单与件数", ("warned_departments",), "warning_count", 1, None, "市政务办"),
    NamedRule("overdue_named", "网办超期：部门名单与件数", ("overdue_departments",), "overdue_count", 1, None, "市政务办"),
    NamedRule("coverage_full_named", "监管行为覆盖率100%：名单与覆盖率", ("coverage_full",), "behaviour_coverage", 100, None, "市政务办"),
    NamedRule("coverage_high_named", "监管行为覆盖率85%以上（含100%）：名单与覆盖率", ("coverage_full", "coverage_high"), "behaviour_coverage", 85, None, "市政务办"),
    NamedRule("coverage_low_named", "监管行为覆盖率50%以下：名单与覆盖率", ("coverage_low",), "behaviour_coverage", None, 50, "市政务办"),
    NamedRule("adopted_named", "省门户录用：部门名单与条数", ("adopted_departments",), "supervision_adopted", 1, None, "市政务办与列名部门"),
    BelowRule("faceless_below", "不见面办理率低的部门：均低于全市平均", "faceless_low", "faceless_rate", "city", "市政务办"),
    BelowRule("instant_below", "即办件占比低的部门：均低于全市平均", "instant_low", "instant_rate", "city", "市政务办"),
    BelowRule("power_claim_below", "权力事项认领率低的地区：均低于名单外地区", "power_claim_low", "power_claim_rate", "others", "市政务办与各辖市（区）"),
    BelowRule("instant_districts_below", "即办件占比较低的地区：均低于名单外地区", "instant_low_districts", "instant_rate", "others", "市政务办与各辖市（区）"),
    ApartRule("coverage_full_apart", "监管行为覆盖率100%的部门：不在另两组", "coverage_full", ("coverage_high", "coverage_low"), "市政务办"),
    ApartRule("coverage_high_apart", "监管行为覆盖率85%以上的部门：不在50%以下组", "coverage_high", ("coverage_low",), "市政务办"),
    ApartRule("not_reporting_apart", "未上报监管数据的部门：不在覆盖率高的两组", "not_reporting", ("coverage_full", "coverage_high"), "市政务办"),
    CasesRule("warnings_of_cases", "网办预警：报送数与办件明细", "warning_count", WARNED, "市政务办与各部门"),
    CasesRule("overdue_of_cases", "网办超期：报送数与办件明细", "overdue_count", PASSED, "市政务办与各部门"),
    InsideRule("adopted_inside", "信息被省录用的部门：均在报送部门之内", "adopted_departments", "news_departments", "市政务办与列名部门"),
)
# fmt: on
