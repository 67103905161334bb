"""Every question of the app, asked of DuckDB and of Spark: one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from lib.engine import Engine
from lib.intake.cases.computed import SUMMARIES
from lib.intake.cases.computed import sql_text as summary_text
from lib.queries.release import sql_text
from tests.parity.samples import SAMPLES

ASKED = ("figures", "cases", "proposal")
TOLERANCE = 1e-12  # of a share or a quantile, to its size; all else is equal to the last digit
Engines = dict[str, tuple[Engine, Engine]]


def unequal(one: pa.Table, other: pa.Table) -> list[str]:
    """The columns whose names, types or values are not alike."""
    if one.schema != other.schema or one.num_rows != other.num_rows:
        return [f"{one.schema} {one.num_rows}", f"{other.schema} {other.num_rows}"]
    return [name for name in one.column_names if not _alike(one[name], other[name])]


def _alike(one: pa.ChunkedArray, other: pa.ChunkedArray) -> bool:
    if not pa.types.is_floating(one.type):
        return one.equals(other)
    if not one.is_null().equals(other.is_null()):
        return False
    off = pc.abs(pc.subtract(one, other))
    within = pc.less_equal(off, pc.multiply(pc.abs(one), TOLERANCE))
    return pc.all(within).as_py() is not False


def asked_of_both(
    both: tuple[Engine, Engine], sql: str, params: Mapping[str, Any], tell: Callable[..., None]
) -> tuple[pa.Table, pa.Table]:
    """Both answers; how long each took is told to the report."""
    answers = []
    for name, engine in zip(("duckdb", "spark"), both, strict=True):
        started = perf_counter()
        answers.append(engine.run(sql, params))
        tell(f"{name} seconds", f"{perf_counter() - started:.3f}")
    tell("rows", str(answers[0].num_rows))
    return answers[0], answers[1]


@pytest.mark.parametrize("over", ASKED)
@pytest.mark.parametrize(
    ("name", "n"), [(name, n) for name in SAMPLES for n in range(len(SAMPLES[name]))]
)
def test_a_question_has_one_answer(
    engines: Engines, name: str, n: int, over: str, record_property: Callable[..., None]
) -> None:
    record_property("question", f"queries/{name}")
    here, there = asked_of_both(engines[over], sql_text(name), SAMPLES[name][n], record_property)
    if name == "facts":  # a view, in no order
        order = [(column, "ascending") for column in here.column_names]
        here, there = here.sort_by(order), there.sort_by(order)
    assert unequal(here, there) == []


@pytest.mark.parametrize("over", ["cases", "proposal"])
@pytest.mark.parametrize("name", SUMMARIES)
def test_what_a_release_sums_has_one_answer(
    engines: Engines, name: str, over: str, record_property: Callable[..., None]
) -> None:
    record_property("question", f"intake/cases/{name}")
    here, there = asked_of_both(engines[over], summary_text(name), {}, record_property)
    assert here.num_rows > 0
    assert unequal(here, there) == []


ODD = {
    "sums": "SELECT status, sum(days) AS days, sum(CAST(days AS DECIMAL(20, 4))) AS exact FROM cases GROUP BY status ORDER BY status",
    "shares": "SELECT sum(value) / nullif(count(*), 0) AS mean, count(*) FILTER (WHERE value IS NULL) AS none FROM facts",
    "nulls last": "SELECT DISTINCT days FROM cases ORDER BY days DESC NULLS LAST",
    "texts": "SELECT $text AS same, concat($text, NULL, 7) AS joined, lpad('7', 3, '0') AS padded",
    "dates": "SELECT max(due_on) AS last, date_diff('day', min(accepted_on), max(due_on)) AS days, year(max(due_on)) AS y FROM cases",
    "a page": "SELECT case_id FROM case_list ORDER BY case_id LIMIT $most OFFSET $past",
    "ranks": "SELECT item, n, row_number() OVER (ORDER BY n DESC, item) AS place FROM (SELECT item, count(*) AS n FROM cases GROUP BY item) AS i ORDER BY place",
    "nothing": "SELECT sum(days) AS days, max(item) AS item, count(*) AS n FROM cases WHERE period = 'none'",
}  # fmt: skip
GIVEN = {"texts": {"text": "O'Neil \\ “引号” $x :y --"}, "a page": {"most": 7, "past": 5}}


@pytest.mark.parametrize("name", ODD)
def test_what_engines_like_to_differ_in_is_the_same(
    engines: Engines, name: str, record_property: Callable[..., None]
) -> None:
    record_property("question", f"odd: {name}")
    both = asked_of_both(engines["cases"], ODD[name], GIVEN.get(name, {}), record_property)
    assert unequal(*both) == []


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (pa.table({"n": [1]}), pa.table({"n": [2]}), ["n"]),
        (pa.table({"n": [1.0]}), pa.table({"n": [1.0 + 1e-9]}), ["n"]),
        (pa.table({"n": [1.0, None]}), pa.table({"n": [1.0 + 1e-15, None]}), []),
        (pa.table({"n": pa.array([None], pa.float64())}), pa.table({"n": [1.0]}), ["n"]),
    ],
)
def test_answers_that_differ_are_found(one: pa.Table, other: pa.Table, said: list[str]) -> None:
    assert unequal(one, other) == said


def test_columns_of_another_kind_are_found() -> None:
    assert unequal(pa.table({"n": [1]}), pa.table({"n": ["1"]}))
