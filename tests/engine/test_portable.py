"""The questions stay in the subset of SQL that every engine reads alike, and say one order of their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from lib.engine import Engine
from lib.engine.dialect import spark_sql
from lib.intake.cases.computed import SUMMARIES
from lib.intake.cases.computed import sql_text as summary_text
from lib.queries.release import sql_text
from lib.settings import ROOT
from tests.parity.lakes import engine_over, lake_with_cases
from tests.parity.samples import SAMPLES

QUESTIONS = [path.stem for path in sorted((ROOT / "lib" / "queries").glob("*.sql"))]
TEXTS = {f"queries/{name}": sql_text(name) for name in QUESTIONS}
TEXTS |= {
    f"intake/cases/{name}": summary_text(name) for name in SUMMARIES
}  # a cluster would sum, too
ASKED = {name: SAMPLES.get(name.removeprefix("queries/"), ({},)) for name in TEXTS}

# What engines lack or answer differently, and what has no one answer.
BANNED: dict[str, tuple[type[exp.Expression], ...]] = {
    "QUALIFY": (exp.Qualify,),
    "PIVOT": (exp.Pivot,),
    "a quantile": (exp.PercentileCont, exp.PercentileDisc, exp.Quantile, exp.ApproxQuantile, exp.Median),
    "some row's value": (exp.AnyValue, exp.First, exp.Last, exp.ArgMin, exp.ArgMax),
    "rows in any order": (exp.ArrayAgg, exp.GroupConcat),
    "time or chance": (exp.CurrentDate, exp.CurrentTimestamp, exp.Rand, exp.TableSample),
    "a lambda": (exp.Lambda, exp.Comprehension),
    "columns by pattern": (exp.Columns,),
    "a function without translation": (exp.Anonymous,),
}  # fmt: skip
OTHERWISE: dict[str, Callable[[exp.Expression], bool]] = {
    "GROUP BY ALL": lambda node: isinstance(node, exp.Group) and bool(node.args.get("all")),
    "ORDER BY ALL": lambda node: isinstance(node, exp.Ordered) and isinstance(node.this, exp.Var),
    "DISTINCT ON": lambda node: isinstance(node, exp.Distinct) and bool(node.args.get("on")),
    "ASOF": lambda node: isinstance(node, exp.Join) and node.method == "ASOF",
    "a parameter without a name": lambda node: (
        isinstance(node, exp.Placeholder) and not node.name.isidentifier()
    ),
    "grouping() of several": lambda node: (
        isinstance(node, exp.Grouping) and len(node.expressions) > 1
    ),
    "a divisor without nullif": lambda node: (
        isinstance(node, exp.Div | exp.IntDiv | exp.Mod) and not _never_zero(node.expression)
    ),
}


def _never_zero(divisor: exp.Expression) -> bool:
    divisor = divisor.unnest()
    if isinstance(divisor, exp.Cast):
        return _never_zero(divisor.this)
    return isinstance(divisor, exp.Nullif) or (divisor.is_number and divisor.to_py() != 0)


def strays(sql: str) -> set[str]:
    """What of a statement leaves the subset."""
    statements = sqlglot.parse(sql, read="duckdb")
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return {"something else than one SELECT"}
    nodes = list(statements[0].walk())
    found = {name for name, kinds in BANNED.items() if any(isinstance(n, kinds) for n in nodes)}
    found |= {name for name, leaves in OTHERWISE.items() if any(map(leaves, nodes))}
    if TokenType.DCOLON in {token.token_type for token in sqlglot.tokenize(sql, "duckdb")}:
        found.add("::")
    if re.search(r"\bDESC\b(?!\s+NULLS\s+LAST\b)", re.sub(r"--.*", "", sql), re.IGNORECASE):
        found.add("DESC without NULLS LAST")
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_every_question_is_in_the_subset(name: str) -> None:
    assert strays(TEXTS[name]) == set()


@pytest.mark.parametrize("name", TEXTS)
def test_every_question_has_a_translation_that_keeps_its_parameters(name: str) -> None:
    text = TEXTS[name]
    bound = set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", text)))
    translated = sqlglot.parse_one(spark_sql(text), read="spark")
    assert {node.name for node in translated.find_all(exp.Placeholder)} == bound
    for params in ASKED[name]:
        assert set(params) == bound


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT a::INTEGER FROM t", "::"),
        ("SELECT a FROM t GROUP BY ALL", "GROUP BY ALL"),
        ("SELECT a FROM t ORDER BY ALL", "ORDER BY ALL"),
        ("SELECT DISTINCT ON (a) a, b FROM t", "DISTINCT ON"),
        ("SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1", "QUALIFY"),
        ("PIVOT t ON a USING sum(b)", "something else than one SELECT"),
        ("SELECT * FROM (PIVOT t ON a USING sum(b))", "PIVOT"),
        ("SELECT * FROM a ASOF JOIN b USING (x)", "ASOF"),
        ("SELECT quantile_cont(a, 0.5) FROM t", "a quantile"),
        ("SELECT quantile_disc(a, 0.5) FROM t", "a quantile"),
        ("SELECT median(a) FROM t", "a quantile"),
        ("SELECT arg_min(a, b) FROM t", "some row's value"),
        ("SELECT any_value(a) FROM t", "some row's value"),
        ("SELECT list(a) FROM t", "rows in any order"),
        ("SELECT a FROM t WHERE d < current_date", "time or chance"),
        ("SELECT list_transform(l, x -> x + 1) FROM t", "a lambda"),
        ("SELECT COLUMNS('a.*') FROM t", "columns by pattern"),
        ("SELECT strlen(a) FROM t", "a function without translation"),
        ("SELECT a / b FROM t", "a divisor without nullif"),
        ("SELECT a % 0 FROM t", "a divisor without nullif"),
        ("SELECT a FROM t WHERE b = ?", "a parameter without a name"),
        ("SELECT a FROM t WHERE b = $1", "a parameter without a name"),
        ("SELECT grouping(a, b) FROM t GROUP BY CUBE (a, b)", "grouping() of several"),
        ("SELECT a FROM t ORDER BY a DESC", "DESC without NULLS LAST"),
        ("SELECT 1; SELECT 2", "something else than one SELECT"),
        ("DELETE FROM t", "something else than one SELECT"),
    ],
)
def test_what_leaves_the_subset_is_found(sql: str, said: str) -> None:
    assert said in strays(sql)


def test_what_both_read_alike_is_let_through() -> None:
    sql = """
        SELECT a, count(*) FILTER (WHERE b > 0) AS n, sum(c) / nullif(count(c), 0) AS mean, sum(c) / 2.0
        FROM t WHERE d = $d GROUP BY a ORDER BY n DESC NULLS LAST, a LIMIT $most OFFSET $from
    """
    assert strays(sql) == set()


def test_numbers_are_joined_as_texts_and_nulls_skipped() -> None:
    assert spark_sql("SELECT concat(n, '-', w) FROM t") == (
        "SELECT CONCAT(COALESCE(CAST(n AS STRING), ''), '-', COALESCE(CAST(w AS STRING), '')) FROM t"
    )


# one order of rows, and something to ask of all


def test_every_question_has_samples() -> None:
    assert set(SAMPLES) == set(QUESTIONS)
    assert all(SAMPLES.values())


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Over the shipped figures and made-up cases."""
    with lake_with_cases(tmp_path_factory.mktemp("cases"), rows=2_000) as lake:
        release = lake.live()
        assert release is not None
        yield engine_over(lake, release)


def sort_keys(tree: exp.Select, order: exp.Order) -> str:
    """A SELECT of what another one sorts by."""
    made = {one.alias: one.this for one in tree.selects if isinstance(one, exp.Alias)}
    keys = [made.get(key.this.sql(), key.this).copy() for key in order.expressions]
    keyed = tree.copy()
    keyed.set("expressions", [exp.alias_(key, f"key{n}") for n, key in enumerate(keys)])
    for part in ("order", "limit", "offset"):
        keyed.set(part, None)
    return keyed.sql("duckdb")


def ties(engine: Engine, sql: str, params: Mapping[str, Any]) -> int:
    """How many rows sort like another row; all of them but one where no order is said."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    order = tree.args.get("order")
    if order is None:
        return max(engine.run(sql, params).num_rows - 1, 0)
    keyed = sort_keys(tree, order)
    bound = set(re.findall(r"\$(\w+)", keyed))
    rows = engine.run(keyed, {name: value for name, value in params.items() if name in bound})
    found = [tuple(row.values()) for row in rows.to_pylist()]
    return len(found) - len(set(found))


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "queries/facts"])  # a view
def test_every_question_says_one_order_of_its_rows(engine: Engine, name: str) -> None:
    for params in ASKED[name]:
        assert ties(engine, TEXTS[name], params) == 0


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM cases", "SELECT * FROM cases ORDER BY status, due_on, department"]
)
def test_an_order_that_leaves_ties_is_found(engine: Engine, sql: str) -> None:
    assert ties(engine, sql, {}) != 0


def test_samples_find_rows(engine: Engine) -> None:
    """So that equal answers are not all empty ones."""
    rows = {
        name: max(engine.run(text, params).num_rows for params in ASKED[name])
        for name, text in TEXTS.items()
    }
    assert [name for name, most in rows.items() if not most] == []
