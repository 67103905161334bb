"""Questions: only ours, only the lake's files, only so long; and answers never mixed up.

Every check is also run against an engine or a source that is broken on purpose.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.engine import QueryStoppedError
from lib.engine.duck import DuckEngine
from lib.queries.release import ask, sql_text
from lib.settings import ROOT, lake_dir
from lib.store.lake import Lake
from tests.fresh import forget_views
from tests.inside import get
from tests.kept import first_release
from tests.pages.test_pages import opened

SCHEMA = pa.schema([("n", pa.int64()), ("period", pa.string())])
Run = Callable[[str], object]


@pytest.fixture
def lake_folder(tmp_path: Path) -> Path:
    """A folder with one table, beside others that are nobody's business."""
    for name in ("lake", "lake-other", "elsewhere"):
        part = tmp_path / name / "t" / "period=2022H1"
        part.mkdir(parents=True)
        pq.write_table(pa.table({"n": range(1000)}), part / "a.parquet")
    (tmp_path / "elsewhere" / "secret.csv").write_text("a line only this machine knows\n")
    (tmp_path / "lake" / "link").symlink_to(tmp_path / "elsewhere")
    return tmp_path / "lake"


def engine_over(folder: Path, seconds: float = 20) -> DuckEngine:
    path = folder / "t" / "period=2022H1" / "a.parquet"
    return DuckEngine(folder, {"t": [str(path)]}, {"t": SCHEMA}, {}, seconds=seconds)


@pytest.fixture
def engine(lake_folder: Path) -> Iterator[DuckEngine]:
    found = engine_over(lake_folder)
    yield found
    found.close()


# data is never SQL


INJECTED = "x' or 1=1; copy (select 666 as n) to '{}' (format parquet); --"


def leaves_the_file_alone(asked: Callable[[str], object], path: Path) -> None:
    """A question with such a text in it answers or is refused; the snapshot is as it was."""
    before = path.read_bytes()
    with suppress(duckdb.Error):
        asked(INJECTED.format(path))
    assert path.read_bytes() == before


@pytest.mark.case(59)
def test_a_parameter_is_data_not_sql(engine: DuckEngine, lake_folder: Path) -> None:
    path = lake_folder / "t" / "period=2022H1" / "a.parquet"
    leaves_the_file_alone(lambda text: engine.run("SELECT $p AS p", {"p": text}), path)
    assert engine.run("SELECT $p AS p", {"p": INJECTED}).to_pylist() == [{"p": INJECTED}]
    assert engine.run("SELECT count(*) AS c FROM t").to_pylist() == [{"c": 1000}]


@pytest.mark.case(59)
def test_not_even_a_careless_question_writes(engine: DuckEngine, lake_folder: Path) -> None:
    path = lake_folder / "t" / "period=2022H1" / "a.parquet"
    leaves_the_file_alone(lambda text: engine.run(f"SELECT n FROM t WHERE period = '{text}"), path)
    leaves_the_file_alone(lambda _: engine.run(f"COPY (SELECT 666 AS n) TO '{path}'"), path)


@pytest.mark.broken(59)
def test_the_check_catches_a_pasted_text_in_an_engine_that_runs_anything(
    lake_folder: Path,
) -> None:
    path = lake_folder / "t" / "period=2022H1" / "a.parquet"
    with duckdb.connect() as open_to_all:
        open_to_all.execute("CREATE TABLE t AS SELECT 1 AS n, '2022H1' AS period")

        def paste(text: str) -> object:
            return open_to_all.execute(f"SELECT n FROM t WHERE period = '{text}")

        with pytest.raises(AssertionError):
            leaves_the_file_alone(paste, path)


@pytest.mark.case(59)
def test_an_address_cannot_say_sql() -> None:
    lake = Lake(lake_dir())
    before = [release.id for release in lake.releases()]
    hostile = "R0001' or 1=1; copy (select 666) to 'a.parquet'; --"
    app = opened("warnings", release=hostile, period=hostile, district=hostile, department=hostile)
    assert len(app.warning) >= 4
    assert [release.id for release in lake.releases()] == before
    assert ask("R0001", "period_facts", period=hostile).num_rows == 0


_SQL = re.compile(
    r"\s*(?:SELECT\b.*\bFROM|WITH\b.*\bAS\s*\(|INSERT\s+INTO|UPDATE\b.*\bSET|DELETE\s+FROM|COPY\b.*\b(?:TO|FROM)"
    r"|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TEMP\s+)?(?:TABLE|VIEW)|DROP\s+(?:TABLE|VIEW)|ATTACH\b|PRAGMA\b)\b",
    re.DOTALL,
)  # fmt: skip


def sql_in_code(source: str) -> list[str]:
    """The texts in Python that are SQL, put together or not."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            text = "".join(p.value if isinstance(p, ast.Constant) else "?" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if _SQL.match(text):
            found.append(text)
    return found


SOURCES = sorted((ROOT / "lib").rglob("*.py")) + sorted((ROOT / "pages").glob("*.py"))


@pytest.mark.case(59)
def test_sql_stands_in_sql_files_only() -> None:
    """But for the engine, which makes its views before it is locked, out of paths of the lake; and for
    the drop folder of the command line, which names files and columns (`test_hostile_names_are_names`)."""
    held = {p: sql_in_code(p.read_text(encoding="utf-8")) for p in SOURCES}
    found = {p.relative_to(ROOT).as_posix() for p, texts in held.items() if texts}
    engine_only = {name for name in found if not name.startswith("lib/intake/cases/")}
    assert engine_only == {"lib/engine/duck.py", "lib/engine/copying.py"}
    engine = ast.parse((ROOT / "lib/engine/duck.py").read_text(encoding="utf-8"))
    (run,) = (n for n in ast.walk(engine) if isinstance(n, ast.FunctionDef) and n.name == "run")
    assert sql_in_code(ast.unparse(run)) == []


@pytest.mark.case(59)
def test_a_question_binds_what_it_is_given() -> None:
    for path in sorted((ROOT / "lib" / "queries").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[{}]|%s|\?", text), path.name
    calls = [
        ast.unparse(node.args[0])
        for node in ast.walk(ast.parse((ROOT / "lib/queries/release.py").read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "engine.run"
    ]
    assert calls == ["sql_text(name)"]
    others = [
        path.name for path in SOURCES
        if path.name != "release.py" and "engine" in path.read_text("utf-8") and "engine.run(" in path.read_text("utf-8")
    ]  # fmt: skip
    assert others == []


@pytest.mark.parametrize(
    "source",
    [
        "engine.run(f\"SELECT n FROM t WHERE p = '{text}'\")",
        "engine.run(\"SELECT n FROM t WHERE p = '%s'\" % text)",
        "engine.run('SELECT n FROM t WHERE p = ' + text)",
        "engine.run('''\n  DELETE FROM t WHERE p = {}'''.format(text))",
        "execute(f\"COPY t TO '{path}'\")",
    ],
)
@pytest.mark.broken(59)
def test_the_check_catches_sql_put_together(source: str) -> None:
    assert sql_in_code(source)


# nothing outside the folder


FUNCTIONS = ("read_csv", "read_text", "read_blob", "read_json", "read_parquet", "glob", "sniff_csv")
STATEMENTS = (
    "INSTALL httpfs", "LOAD httpfs", "ATTACH '{elsewhere}/other.db'", "SET enable_external_access = true",
    "SET threads = 1", "RESET lock_configuration", "PRAGMA threads = 1", "SET allowed_directories = ['/']",
    "COPY (SELECT 1 AS n) TO '{elsewhere}/stolen.csv'", "EXPORT DATABASE '{elsewhere}/all'",
    "CREATE TABLE x AS SELECT 1 AS n", "DROP VIEW t", "SELECT 1 AS n; SELECT 2 AS n",
    "SELECT * FROM read_csv('http://127.0.0.1:9/a.csv')", "SELECT * FROM '{elsewhere}/secret.csv'",
    "SELECT * FROM read_text('{lake}/link/secret.csv')", "SELECT * FROM read_text('{lake}/../elsewhere/secret.csv')",
    "SELECT * FROM read_parquet('{lake}-other/t/period=2022H1/a.parquet')", "SELECT getenv('HOME')",
)  # fmt: skip


def outside(lake: Path) -> list[str]:
    """Statements that read, write or change what is not theirs."""
    files = {"elsewhere": lake.parent / "elsewhere", "lake": lake}
    return [
        *(f"SELECT * FROM {name}('{files['elsewhere']}/secret.csv')" for name in FUNCTIONS),
        *(statement.format(**files) for statement in STATEMENTS),
    ]


def let_through(run: Run, statements: list[str]) -> list[str]:
    """Those of the statements that are not refused."""
    found = []
    for statement in statements:
        try:
            answer = run(statement)
        except duckdb.Error:
            continue
        if getattr(answer, "num_rows", 1):  # an empty answer tells nothing
            found.append(statement)
    return found


@pytest.mark.case(60)
def test_nothing_outside_the_folder_is_reached(engine: DuckEngine, lake_folder: Path) -> None:
    assert let_through(engine.run, outside(lake_folder)) == []
    assert engine.run("SELECT count(*) AS c FROM t").to_pylist() == [{"c": 1000}]


@pytest.mark.broken(60)
def test_the_check_catches_an_engine_that_is_not_locked(lake_folder: Path) -> None:
    with duckdb.connect() as open_to_all:
        found = let_through(
            lambda sql: open_to_all.execute(sql).fetchall() or None,
            [s for s in outside(lake_folder) if "httpfs" not in s and "http:" not in s],
        )
    assert len(found) > len(FUNCTIONS)


# only so long, and so much


ENDLESS = (
    "SELECT count(*) AS c FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"
)
GREEDY = "SELECT list(a.range || repeat('x', 1000)) AS l FROM range(20000000) a"


def ends_in_time(run: Run, sql: str, seconds: float) -> None:
    """Stopped within the time, with a sentence."""
    started = time.monotonic()
    with pytest.raises(QueryStoppedError, match="已停止。请"):
        run(sql)
    assert time.monotonic() - started < seconds


@pytest.mark.case(61)
def test_a_runaway_query_is_stopped_and_the_next_one_answers(lake_folder: Path) -> None:
    engine = engine_over(lake_folder, seconds=0.5)
    ends_in_time(engine.run, ENDLESS, 2)
    assert engine.run("SELECT count(*) AS c FROM t").to_pylist() == [{"c": 1000}]
    engine.close()


@pytest.mark.case(61)
def test_a_query_that_needs_too_much_memory_is_stopped(engine: DuckEngine) -> None:
    ends_in_time(engine.run, GREEDY, 15)
    assert engine.run("SELECT count(*) AS c FROM t").to_pylist() == [{"c": 1000}]


@pytest.mark.broken(61)
def test_the_check_catches_an_engine_without_a_clock(lake_folder: Path) -> None:
    patient = engine_over(lake_folder, seconds=3)
    with pytest.raises(AssertionError):
        ends_in_time(patient.run, ENDLESS, 2)
    patient.close()


@pytest.mark.case(61)
def test_a_page_says_that_its_question_was_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    monkeypatch.setenv("TONGBAO_QUERY_SECONDS", "0.3")
    first_release(tmp_path)
    slow = {"period_facts": f"{ENDLESS} AND $period <> ''"}
    monkeypatch.setattr(
        "lib.queries.release.sql_text", lambda name: slow.get(name) or sql_text(name)
    )
    forget_views()
    app = opened("overview")
    assert ["查询超过0.3秒，已停止" in error.value for error in app.error] == [True]
    status, _, body = get("download/warnings.csv?release=R0001&period=2022H1")
    assert (status, "已停止" in body.decode()) == (503, True)
    forget_views()


# answers never mixed up


_CACHES = re.compile(r"(?:\w+\.)*(?:cache_data|cache_resource|lru_cache|cache)(?:\(|$)")
_FRAMES = re.compile(r"DataFrame|\bTable\b|Series|ndarray|RecordBatch")


def cached_by_content(source: str) -> list[str]:
    """Cached functions that take a table, whose hash Streamlit guesses from a sample, or anything."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not any(_CACHES.match(ast.unparse(mark)) for mark in node.decorator_list):
            continue
        taken = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        taken = [a for a in taken if a.arg not in ("self", "cls")]
        kinds = [ast.unparse(a.annotation) if a.annotation else "DataFrame" for a in taken]
        if any(map(_FRAMES.search, kinds)):
            found.append(node.name)
    return found


@pytest.mark.case(63)
def test_nothing_is_cached_by_the_content_of_a_table() -> None:
    held = {p.name: cached_by_content(p.read_text(encoding="utf-8")) for p in SOURCES}
    assert {name: found for name, found in held.items() if found} == {}
    streamlits = [p.name for p in SOURCES if "st.cache_" in p.read_text(encoding="utf-8")]
    assert streamlits == []


@pytest.mark.parametrize(
    "source",
    [
        "@st.cache_data\ndef f(rows: pd.DataFrame) -> int: ...",
        "@st.cache_data(ttl=60)\ndef f(release: str, rows: pa.Table) -> int: ...",
        "@streamlit.cache_resource\ndef f(rows): ...",
        "@lru_cache(maxsize=4)\ndef f(rows: pd.Series) -> int: ...",
    ],
)
@pytest.mark.broken(63)
def test_the_check_catches_a_table_as_a_key(source: str) -> None:
    assert cached_by_content(source) == ["f"]
