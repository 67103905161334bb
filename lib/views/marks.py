"""Facts as the rows of a chart: rates, counts and progress, each with its figure as written."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.periods import elapsed_share
from lib.catalog.qualifiers import BOUNDS
from lib.insight.table import Table, table_of
from lib.insight.wording import MISSING, in_full, in_short, points
from lib.queries.facts import Fact
from lib.views.exhibit import SOURCE_COLUMNS, Rows, source_cells

# Room for the label behind the longest bar, as a factor of its length.
_ROOM = 1.45
_UPPER = frozenset({"低于", "以下"})
NO_SCHEDULE = "没有写明期限"


def _schema(field: str, texts: Iterable[str], numbers: Iterable[str]) -> pa.Schema:
    return pa.schema(
        [(field, pa.string())]
        + [(name, pa.string()) for name in texts]
        + [(name, pa.float64()) for name in numbers]
    )


def rate_schema(field: str) -> pa.Schema:
    """The columns of a `rates` chart."""
    return _schema(field, ("类型", "写法", "说明", "基准写法"), ("起", "止", "界", "基准"))


def rate_mark(fact: Fact, remark: str = "") -> dict[str, object]:
    """A percentage as a bar from 0, an upper bound as a range up to it, a lower one from it to 100."""
    value = float(fact.value)
    mark: dict[str, object] = {"写法": in_full(fact), "说明": remark or fact.note or ""}
    if fact.qualifier not in BOUNDS:
        return mark | {"类型": "确数", "起": 0.0, "止": value, "界": None}
    if fact.qualifier in _UPPER:
        return mark | {"类型": "上界", "起": 0.0, "止": value, "界": value}
    return mark | {"类型": "下界", "起": value, "止": max(value, 100.0), "界": value}


def gap_mark(remark: str = "本期未报送") -> dict[str, object]:
    """A place without a figure on a `rates` chart: its line is there, empty, with the em dash."""
    made: dict[str, object] = {"类型": "缺数", "写法": MISSING, "说明": remark}
    return made | {"起": None, "止": None, "界": None}


def with_benchmark(marks: Rows, benchmark: Fact | None) -> Rows:
    """The marks of a `rates` chart, the first one carrying the rule of the city's average."""
    bare = {"基准": None, "基准写法": None}
    made = [mark | bare for mark in marks]
    if made and benchmark is not None:
        made[0] |= {"基准": float(benchmark.value), "基准写法": f"全市平均 {in_full(benchmark)}"}
    return made


def against(fact: Fact, benchmark: Fact) -> str:
    """How far a rate is from the average: 高1.16个百分点; a bound is not compared."""
    if {fact.qualifier, benchmark.qualifier} & BOUNDS:
        return "界限，不比"
    gap = fact.value - benchmark.value
    exponents = (Decimal(f.value_text).as_tuple().exponent for f in (fact, benchmark))
    places = max(-e for e in exponents if isinstance(e, int))
    if not gap:
        return "持平"
    return f"{'高' if gap > 0 else '低'}{points(abs(gap), places)}个百分点"


def count_schema(field: str) -> pa.Schema:
    """The columns of a `counts` chart."""
    return _schema(field, ("写法", "类型", "组别", "说明"), ("数值", "右端"))


def with_room(marks: Rows) -> Rows:
    """The marks of a `counts` chart, each with where the chart ends: behind the longest label."""
    longest = max((mark["数值"] for mark in marks), default=0)
    return [mark | {"右端": longest * _ROOM} for mark in marks]


def count_mark(fact: Fact, *, apart: bool = False) -> dict[str, object]:
    """A number as a bar; `apart` for a whole, or for a place that is not one of the others."""
    kind = "界限" if fact.qualifier in BOUNDS else "约数" if fact.qualifier else "确数"
    return {
        "数值": float(fact.value),
        "写法": in_full(fact),
        "类型": kind,
        "组别": "旁" if apart else "主",
        "说明": fact.note or "",
    }


def progress_schema(field: str) -> pa.Schema:
    """The columns of a `progress` chart."""
    return _schema(field, ("目标写法", "序时写法"), ("完成", "目标", "序时"))


def progress_mark(done: Fact, goal: Fact, word: str = "目标") -> dict[str, object]:
    """What is done against its goal (called `word`), and where the calendar would have it.

    Without a stated year-end deadline the calendar says nothing.
    """
    elapsed: float | None = None
    if METRIC_BY_ID[done.metric].yearly:
        elapsed = float(goal.value) * elapsed_share(done.as_of, done.period)
    return {
        "完成": float(done.value),
        "目标": float(goal.value),
        "序时": elapsed,
        "目标写法": f"{word} {in_full(goal)}",
        "序时写法": NO_SCHEDULE if elapsed is None else f"序时进度应达 {elapsed:.0f}",
    }


def behind(key: str, facts: Iterable[tuple[str, Fact]]) -> Table:
    """The released rows behind a view: its key, the figure, and where that was said and uploaded."""
    rows = [{key: name, "数值": in_short(fact)} | source_cells(vars(fact)) for name, fact in facts]
    return table_of(rows, (key, "数值", *SOURCE_COLUMNS))


def absent(what: str) -> str:
    """The sentence of an empty view: what is missing, and what to do about it."""
    return (
        f"本期没有报送{what}；没有报送不等于零。"
        "请在左侧换一个期次，或到“填报模板”下载“其他指标”模板报送。"
    )


def said_together(facts: Iterable[tuple[str, Fact]]) -> str:
    """Names sharing a figure share its mention: 新北区、天宁区低于70%，溧阳市85.40%."""
    groups: dict[str, list[str]] = {}
    for name, fact in facts:
        groups.setdefault(in_full(fact), []).append(name)
    return "，".join(f"{'、'.join(names)}{figure}" for figure, names in groups.items())
