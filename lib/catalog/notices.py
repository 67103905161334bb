"""Notice rules (提醒规则): what somebody should be told of a release, declared once over the metrics.

Every bound is one the bulletin or the catalog holds already, and says where; none is a target of our
own. A rule tells and never changes a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import CITY, CITY_LEVEL, DEPARTMENT_IDS, DISTRICT_IDS
from lib.catalog.qualifiers import with_qualifier

Severity = Literal["重要", "关注", "提示"]
SEVERITIES: tuple[Severity, ...] = ("重要", "关注", "提示")
Scope = Literal["全市", "市本级", "各地区", "各部门"]
PLACES: dict[Scope, tuple[str, ...]] = {
    "全市": (CITY.id,),
    "市本级": (CITY_LEVEL.id,),
    "各地区": DISTRICT_IDS,
    "各部门": DEPARTMENT_IDS,
}
Kind = Literal["到线", "低于全市", "进度滞后", "变差", "缺数", "对不上", "未更新", "办件超期"]
# What of a figure is worse: more, less, any change of what is said; or none, as days that pass.
Worse = Literal["多", "少", "变", "不变"]
_LAST = "上一次同长期次"  # of those held: it may be years back, so sentences name it
HALF_YEAR = 184  # days of the longer one


@dataclass(frozen=True)
class Declared:
    """What every rule says.

    page: the script in `pages/` that shows more;  source: where the bound is from
    concerns: who can do something about it, beside the place itself
    """

    id: str
    title: str
    severity: Severity
    concerns: str
    page: str
    source: str


@dataclass(frozen=True)
class BoundNotice(Declared):
    """A place's `metric` is certainly past `bound`: 超 it, 低于 it, or 以下 (at most it)."""

    kind: ClassVar[Kind] = "到线"
    metric: str
    scopes: tuple[Scope, ...]
    past: Literal["超", "低于", "以下"]
    bound: int

    @property
    def worse(self) -> Worse:
        """Which way a figure gets worse."""
        return "多" if self.past == "超" else "少"

    @property
    def line(self) -> str:
        """The bound for people: 多于0件, 低于70%, 50%以下."""
        unit = METRIC_BY_ID[self.metric].unit
        if self.past == "超":
            return f"多于{self.bound}{unit}"
        return with_qualifier(str(self.bound), self.past, unit)


@dataclass(frozen=True)
class BelowCityNotice(Declared):
    """A place's `metric` is certainly below the city's."""

    kind: ClassVar[Kind] = "低于全市"
    worse: ClassVar[Worse] = "少"
    metric: str
    scopes: tuple[Scope, ...]

    @property
    def line(self) -> str:
        """The bound for people."""
        return "低于全市平均"


@dataclass(frozen=True)
class PaceNotice(Declared):
    """A computed `rate` of a goal of the year is 滞后 against 序时进度, as its light is."""

    kind: ClassVar[Kind] = "进度滞后"
    worse: ClassVar[Worse] = "少"
    rate: str
    scopes: ClassVar[tuple[Scope, ...]] = ("全市",)

    @property
    def line(self) -> str:
        """The bound for people: 比序时进度慢5个百分点以上."""
        done, _ = METRIC_BY_ID[self.rate].ratio or ("", "")
        return f"比序时进度慢{METRIC_BY_ID[done].caution:g}个百分点以上"


@dataclass(frozen=True)
class WorseNotice(Declared):
    """A place's `metric` is worse than in the last period of the same length that is held."""

    kind: ClassVar[Kind] = "变差"
    metric: str
    scopes: tuple[Scope, ...]

    @property
    def worse(self) -> Worse:
        """Which way a figure gets worse."""
        return "多" if METRIC_BY_ID[self.metric].direction == "lower" else "少"

    @property
    def line(self) -> str:
        """The bound for people: 比上一次同长期次低, 比上一次同长期次多."""
        is_rank = METRIC_BY_ID[self.metric].basis == "rank"
        worse = "退后" if is_rank else "多" if self.worse == "多" else "低"
        return f"比{_LAST}{worse}"


@dataclass(frozen=True)
class MissingNotice(Declared):
    """One of `metrics`, each of its own scope, was stated in the period before and is not in this."""

    kind: ClassVar[Kind] = "缺数"
    worse: ClassVar[Worse] = "变"
    metrics: tuple[str, ...]
    scopes: ClassVar[tuple[Scope, ...]] = ("全市", "市本级")
    line: ClassVar[str] = f"{_LAST}有数，本期没有"


@dataclass(frozen=True)
class BrokenNotice(Declared):
    """A reconciliation rule finds figures that do not agree."""

    kind: ClassVar[Kind] = "对不上"
    worse: ClassVar[Worse] = "变"
    scopes: ClassVar[tuple[Scope, ...]] = ()
    line: ClassVar[str] = "结论为“不一致”"


@dataclass(frozen=True)
class StaleNotice(Declared):
    """What is live was published more than `days` ago."""

    kind: ClassVar[Kind] = "未更新"
    worse: ClassVar[Worse] = "不变"
    days: int
    scopes: ClassVar[tuple[Scope, ...]] = ("全市",)

    @property
    def line(self) -> str:
        """The bound for people: 超过184天没有发布."""
        return f"超过{self.days}天没有发布"


@dataclass(frozen=True)
class CasesNotice(Declared):
    """A department has cases of `status`, one by one."""

    kind: ClassVar[Kind] = "办件超期"
    worse: ClassVar[Worse] = "多"
    status: str
    scopes: ClassVar[tuple[Scope, ...]] = ("各部门",)
    line: ClassVar[str] = "多于0件"


FigureNotice = BoundNotice | BelowCityNotice | PaceNotice | WorseNotice | MissingNotice
NoticeRule = FigureNotice | BrokenNotice | StaleNotice | CasesNotice

_OFFICE, _ALL, _DISTRICTS = "市政务办", "市政务办与各部门", "市政务办与各辖市（区）"
_PACE = "年度目标与序时进度比较，幅度见“指标口径”；常用做法，无正式出处"
_BEFORE = f"同一指标的{_LAST}；口径、时长或写法不同的不比"
# The figures 总览 leads with.
_HEADLINES = (
    "center_point_completed", "staff_trained", "warning_count", "overdue_count",
    "mobile_standard_connected", "supervision_claim_rate",
)  # fmt: skip

# fmt: off
NOTICES: tuple[NoticeRule, ...] = (
    BoundNotice("overdue_city", "全市出现网办超期", "重要", _ALL, "warnings", "指标口径：网办超期件数的目标是0件", "overdue_count", ("全市",), "超", 0),
    StaleNotice("stale", "数据没有更新", "重要", _OFFICE, "releases", "通报每半年一次，半年最长184天", HALF_YEAR),
    BoundNotice("overdue_department", "部门出现网办超期", "关注", _ALL, "warnings", "指标口径：网办超期件数的目标是0件", "overdue_count", ("各部门",), "超", 0),
    CasesNotice("cases_overdue", "有办件超期未结", "关注", _ALL, "caseload", "办件明细：已过承诺期限还没有办结", "overdue"),
    PaceNotice("points_behind", "便利站实体运转滞后", "关注", _DISTRICTS, "centers", _PACE, "center_point_completed_rate"),
    PaceNotice("staff_behind", "专员培育滞后", "关注", _DISTRICTS, "staff", _PACE, "staff_trained_rate"),
    BoundNotice("power_claim_low", "权力事项认领率低", "关注", _DISTRICTS, "indicators", "通报三（二）：点名认领率低于70%的地区", "power_claim_rate", ("各地区",), "低于", 70),
    BoundNotice("coverage_low", "监管行为覆盖率低", "关注", _ALL, "supervision", "通报四（三）：点名覆盖率50%以下的部门", "behaviour_coverage", ("各部门",), "以下", 50),
    BrokenNotice("broken", "数字对不上", "关注", _OFFICE, "verify", "指标口径：勾稽规则"),
    WorseNotice("overdue_more", "网办超期增多", "关注", _ALL, "warnings", _BEFORE, "overdue_count", ("全市", "各部门")),
    WorseNotice("faceless_down", "不见面办理率下降", "关注", _DISTRICTS, "indicators", _BEFORE, "faceless_rate", ("全市", "各地区")),
    WorseNotice("instant_down", "即办件占比下降", "关注", _DISTRICTS, "indicators", _BEFORE, "instant_rate", ("全市", "各地区")),
    WorseNotice("power_claim_down", "权力事项认领率下降", "关注", _DISTRICTS, "indicators", _BEFORE, "power_claim_rate", ("各地区",)),
    WorseNotice("supervision_claim_down", "监管事项认领率下降", "关注", _OFFICE, "supervision", _BEFORE, "supervision_claim_rate", ("市本级",)),
    WorseNotice("coverage_down", "监管行为覆盖率下降", "关注", _ALL, "supervision", _BEFORE, "behaviour_coverage", ("各部门",)),
    WorseNotice("mobile_rank_down", "移动端标准应用接入名次退后", "关注", _OFFICE, "online", _BEFORE, "mobile_standard_rank", ("全市",)),
    WorseNotice("claim_rank_down", "监管事项认领率名次退后", "关注", _OFFICE, "supervision", _BEFORE, "supervision_claim_rank", ("市本级",)),
    WorseNotice("adopted_rank_down", "监管信息录用名次退后", "关注", _OFFICE, "supervision", _BEFORE, "supervision_adopted_rank", ("全市",)),
    BelowCityNotice("faceless_below", "不见面办理率低于全市", "提示", _DISTRICTS, "indicators", "通报三（二）：与全市平均水平比较", "faceless_rate", ("各地区",)),
    BelowCityNotice("instant_below", "即办件占比低于全市", "提示", _DISTRICTS, "indicators", "通报三（二）：与全市平均水平比较", "instant_rate", ("各地区",)),
    MissingNotice("missing", "本期缺数", "提示", _OFFICE, "trend", f"总览的重点指标，与{_LAST}比较", _HEADLINES),
)
# fmt: on
NOTICE_BY_ID = {rule.id: rule for rule in NOTICES}
