"""Metrics: what a number is called, counted in, judged against, and where it comes from.

A metric id names a fact of the `facts` view. Three sources, one register:
the measures of the wide datasets (per level or per department), the rows of `indicators`
(declared in `indicators.py`) and the stated lengths of rosters (declared in `rosters.py`).
`RATIOS` are computed from two of them and always labelled as computed.
"""

from __future__ import annotations

from dataclasses import dataclass

from lib.catalog.indicators import INDICATORS, Basis, Direction, Indicator
from lib.catalog.periods import parse_period
from lib.catalog.places import LEVELS, clean_name, with_site_names
from lib.catalog.rosters import ROSTERS


@dataclass(frozen=True)
class Metric:
    """One number with a meaning.

    unit:       what one of it is (个, 件, 人, %, 元 …); empty where the source states none
    direction:  whether more is better, worse, or neither
    basis:      stock (at a date), flow (accumulated over the period), rate, or rank
    scope:      the district id the plain metric speaks of (`city` or `city_level`)
    target:     a number, or the id of the metric that states it
    ratio:      (numerator id, denominator id) for a computed percentage, else None
    yearly:     whether the target is stated for the end of the period's year; only such a target
                is held against 序时进度, for no other is it known how far it should be by now
    caution:    percentage points either side of 序时进度 that still count as 正常
    """

    id: str
    name: str
    unit: str
    dataset: str
    definition: str
    section: str
    direction: Direction = "higher"
    basis: Basis = "stock"
    scope: str = "city"
    target: float | str | None = None
    ratio: tuple[str, str] | None = None
    yearly: bool = False
    caution: float = 5.0
    aliases: tuple[str, ...] = ()


# site level > measure > (label, definition)
_CENTER_MEASURES = {
    "planned": ("计划提升数", "年初任务书确定的提升个数"),
    "upgraded": ("提升数", "列入功能完善和服务提升范围的个数；是范围，不是完成数"),
    "added": ("新增数", "提升范围内比计划新增的个数"),
    "completed": ("完成数", "已实体运转（便民点）或已基本完成改造（县级）的个数"),
}


def _center_metrics() -> list[Metric]:
    targets = {"point": "center_point_planned", "county": "center_county_planned"}
    return [
        Metric(
            id=f"center_{level.id}_{measure}",
            name=f"{level.names[0][1]}{'实体运转数' if (level.id, measure) == ('point', 'completed') else label}",
            unit="个",
            dataset="centers",
            definition=f"{level.tier}站点（{level.names[0][1]}）{definition}",
            section="二",
            direction="neutral" if measure in ("planned", "added") else "higher",
            target=targets.get(level.id)
            if measure == "completed"
            else (f"center_{level.id}_planned" if measure == "upgraded" else None),
            yearly=measure == "completed" and level.id in targets,
        )
        for level in LEVELS
        for measure, (label, definition) in _CENTER_MEASURES.items()
    ]


_STAFF_METRICS = [
    Metric(
        "staff_target", "“畅通办”专员目标人数", "人", "staff",
        "全年计划建立的“畅通办”专员队伍人数；原文为下界（不少于）", "二", direction="neutral",
    ),
    Metric(
        "staff_trained", "“畅通办”专员已培育人数", "人", "staff",
        "截至时点已完成培育的“畅通办”专员人数", "二", target="staff_target", yearly=True,
    ),
]  # fmt: skip

_WARNING_METRICS = [
    Metric(
        "warning_count", "网办预警件数", "件", "warnings",
        "一体化平台上办理时限将到、系统发出提醒的网办事项件数（累计）；触发天数由各地设定", "三（三）",
        direction="lower", basis="flow",
    ),
    Metric(
        "overdue_count", "网办超期件数", "件", "warnings",
        "一体化平台上已超过承诺时限的网办事项件数（累计）；不是预警件数的一部分", "三（三）",
        direction="lower", basis="flow", target=0,
    ),
]  # fmt: skip


def _from_indicator(item: Indicator) -> Metric:
    return Metric(
        item.id, item.name, item.unit, "indicators", item.definition, item.section,
        item.direction, item.basis, item.scope, item.target, aliases=item.aliases,
    )  # fmt: skip


RATIOS: tuple[Metric, ...] = (
    Metric(
        "center_point_completed_rate", "政务服务便利站实体运转率", "%", "centers",
        "实体运转数÷计划提升数，由本系统计算", "二", basis="rate", target=100,
        ratio=("center_point_completed", "center_point_planned"),
    ),
    Metric(
        "staff_trained_rate", "“畅通办”专员培育完成率", "%", "staff",
        "已培育人数÷目标人数，由本系统计算；目标是下界，可以超过100%", "二", basis="rate", target=100,
        ratio=("staff_trained", "staff_target"),
    ),
    Metric(
        "mobile_standard_rate", "移动端标准应用接入率", "%", "indicators",
        "已接入标准应用数÷标准应用总数，由本系统计算", "三（五）", basis="rate", target=100,
        ratio=("mobile_standard_connected", "mobile_standard_total"),
    ),
)  # fmt: skip

METRICS: tuple[Metric, ...] = (
    *_center_metrics(),
    *_STAFF_METRICS,
    *_WARNING_METRICS,
    *(_from_indicator(item) for item in INDICATORS),
    *(
        Metric(
            f"roster_{roster.id}", f"{roster.name}（所称个数）", "个", "roster",
            f"原文所称“{roster.name}”的个数；与名单实有成员分开保存，互相核对", roster.section,
            direction="neutral",
        )
        for roster in ROSTERS
        if roster.counted
    ),
    *RATIOS,
)  # fmt: skip

METRIC_BY_ID = {metric.id: metric for metric in METRICS}


def metric_name(metric_id: str, period: str) -> str:
    """A metric's name in a period: sites are called what they were called at its end."""
    name = METRIC_BY_ID[metric_id].name
    return in_words_of(name, period) if metric_id.startswith("center_") else name


def in_words_of(text: str, period: str) -> str:
    """A text of the catalog or of a rule with the sites called what they were called in a period."""
    parsed = parse_period(period)
    return with_site_names(text, parsed.end.isoformat()) if parsed else text


_QUOTES = str.maketrans("", "", "“”\"‘’'「」")


def _key(name: str) -> str:
    """A name without blanks and quotation marks, which people write in many ways."""
    return clean_name(name).translate(_QUOTES)


_IDS_BY_NAME = {
    _key(name): metric.id
    for metric in METRICS
    if metric.dataset == "indicators" and not metric.ratio
    for name in (metric.name, *metric.aliases)
}


def indicator_id(name: str) -> str | None:
    """The metric id of an indicator row, from its name or a declared synonym."""
    return _IDS_BY_NAME.get(_key(name))
