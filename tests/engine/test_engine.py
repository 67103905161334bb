from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.engine import Engine

SCHEMA = pa.schema([("n", pa.int64()), ("period", pa.string())])


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    path = tmp_path / "t" / "period=2022H1" / "a.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"n": range(1000)}), path)
    return Engine(
        tmp_path, {"t": [str(path)], "nothing": []}, {"t": SCHEMA, "nothing": SCHEMA},
        {"doubled": "SELECT n * 2 AS n FROM t"},
    )  # fmt: skip


def test_tables_empty_tables_and_views_answer(engine: Engine) -> None:
    assert engine.run(
        "SELECT sum(n) AS s FROM t WHERE period = $p", {"p": "2022H1"}
    ).to_pylist() == [{"s": 499500}]
    assert engine.run("SELECT count(*) AS c FROM nothing").to_pylist() == [{"c": 0}]
    assert engine.run("SELECT max(n) AS m FROM doubled").to_pylist() == [{"m": 1998}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/tongbao-stolen.csv'",
        "INSTALL httpfs",
        "ATTACH '/tmp/tongbao-other.db'",
        "SET enable_external_access = true",
        "SET threads = 1",
    ],
)
def test_nothing_outside_the_folder_is_reached(engine: Engine, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        engine.run(sql)


def test_a_parameter_is_data_not_sql(engine: Engine) -> None:
    text = "'; DROP VIEW t; --"
    assert engine.run("SELECT $p AS p", {"p": text}).to_pylist() == [{"p": text}]
    assert engine.run("SELECT count(*) AS c FROM t").to_pylist() == [{"c": 1000}]


def test_many_threads_get_right_answers(engine: Engine) -> None:
    def below(limit: int) -> tuple[int, int]:
        row = engine.run("SELECT count(*) AS c FROM t WHERE n < $limit", {"limit": limit})
        return limit, row.to_pylist()[0]["c"]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(below, range(400)))
    assert [found for limit, found in answers if found != limit] == []
