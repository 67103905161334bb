"""Reconciliation rules (勾稽规则): which stated figures must agree, declared once.

Rules compare what was stated with what the details say; they never change a figure.
Roster lengths need no entry here: every counted roster is compared with its members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dimension = Literal["district", "department"]


@dataclass(frozen=True)
class SumRule:
    """The stated total of `metric` equals the sum of its rows by `over`."""

    id: str
    name: str
    metric: str
    over: Dimension
    resolver: str


@dataclass(frozen=True)
class RatioRule:
    """The stated `rate` (%) equals numerator ÷ denominator, to the places it was stated in."""

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

    id: str
    name: str
    part: str
    whole: str
    resolver: str
    explanation: str


Rule = SumRule | RatioRule | PartsRule | ProductRule | SubsetRule

# fmt: off
RULES: tuple[Rule, ...] = (
    SumRule("points_sum", "便利站提升数：分区合计", "center_point_upgraded", "district", "市政务办与各辖市（区）"),
    SumRule("towns_sum", "为民服务中心提升数：分区合计", "center_town_upgraded", "district", "市政务办与各辖市（区）"),
    SumRule("villages_sum", "便民服务中心提升数：分区合计", "center_village_upgraded", "district", "市政务办与各辖市（区）"),
    SumRule("counties_completed", "政务服务中心完成数：分区合计", "center_county_completed", "district", "市政务办与各辖市（区）"),
    SumRule("warnings_sum", "网办预警：部门合计", "warning_count", "department", "市政务办"),
    SumRule("overdue_sum", "网办超期：部门合计", "overdue_count", "department", "市政务办"),
    SumRule("adopted_sum", "省门户录用：部门合计", "supervision_adopted", "department", "市政务办与列名部门"),
    RatioRule("supervision_claim", "监管事项认领率：认领÷总数", "supervision_claim_rate", "supervision_claimed_items", "supervision_items", "city_level", "市政务办"),
    RatioRule("behaviour_accuracy", "监管数据准确率：入库÷推送", "behaviour_accuracy", "behaviour_stored", "behaviour_pushed", "city", "市政务办"),
    PartsRule("mobile_parts", "移动端标准应用：分项合计", "mobile_standard_total", ("mobile_standard_connected", "mobile_standard_pending"), "city", "市政务办"),
    PartsRule("supervision_parts", "市本级监管事项：分项合计", "supervision_items", ("supervision_new_items", "supervision_claimed_items"), "city_level", "市政务办"),
    PartsRule("suqitong_parts", "苏企通金额：列举合计不超总额", "suqitong_amount", ("suqitong_amount_industry", "suqitong_amount_refund", "suqitong_amount_subsidy"), "city", "市政务办", partial=True),
    ProductRule("xinbei_fund", "新北区专项资金：镇数×每镇", "service_fund", "service_fund_towns", "service_fund_per_town", "xinbei", "新北区"),
    SubsetRule("overdue_within_warnings", "超期件数：是否在预警之内", "overdue_count", "warning_count", "市政务办", "超期不是预警的一部分，两个数不能相除，也不能画成漏斗"),
)
# fmt: on
