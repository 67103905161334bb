"""Queries over files and tables, from many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.engine.duck import DuckEngine

SCHEMA = pa.schema([("n", pa.int64()), ("period", pa.string())])


@pytest.fixture
def engine(tmp_path: Path) -> DuckEngine:
    path = tmp_path / "t" / "period=2022H1" / "a.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"n": range(1000)}), path)
    return DuckEngine(
        tmp_path, {"t": [str(path)], "nothing": []}, {"t": SCHEMA, "nothing": SCHEMA},
        {"doubled": "SELECT n * 2 AS n FROM t"},
    )  # fmt: skip


def test_tables_empty_tables_and_views_answer(engine: DuckEngine) -> None:
    assert engine.run(
        "SELECT sum(n) AS s FROM t WHERE period = $p", {"p": "2022H1"}
    ).to_pylist() == [{"s": 499500}]
    assert engine.run("SELECT count(*) AS c FROM nothing").to_pylist() == [{"c": 0}]
    assert engine.run("SELECT max(n) AS m FROM doubled").to_pylist() == [{"m": 1998}]


def test_files_that_lack_columns_answer_with_nothing_in_them(tmp_path: Path) -> None:
    paths = []
    for period, columns in (("2021H2", {"n": [1]}), ("2022H1", {"n": [2], "word": ["二"]})):
        path = tmp_path / "t" / f"period={period}" / "a.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table(columns), path)
        paths.append(str(path))
    wanted = SCHEMA.append(pa.field("word", pa.string())).append(pa.field("day", pa.date32()))
    engine = DuckEngine(tmp_path, {"t": paths}, {"t": wanted}, {})
    answer = engine.run("SELECT * FROM t ORDER BY n")
    assert answer.schema.field("day").type == pa.date32()
    assert answer.to_pylist() == [
        {"n": 1, "period": "2021H2", "word": None, "day": None},
        {"n": 2, "period": "2022H1", "word": "二", "day": None},
    ]


def test_a_second_folder_is_read_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "b" / "period=2022H1" / "a.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(pa.table({"n": [1]}), path)
    one, both = (
        DuckEngine(tmp_path / "a", {"t": [str(path)]}, {"t": SCHEMA}, {}, also=also)
        for also in ([], [tmp_path / "b"])
    )
    assert both.run("SELECT n FROM t").to_pylist() == [{"n": 1}]
    with pytest.raises(duckdb.Error):
        one.run("SELECT n FROM t")


def test_many_threads_get_right_answers(engine: DuckEngine) -> None:
    def below(limit: int) -> tuple[int, int]:
        row = engine.run("SELECT count(*) AS c FROM t WHERE n < $limit", {"limit": limit})
        return limit, row.to_pylist()[0]["c"]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(below, range(400)))
    assert [found for limit, found in answers if found != limit] == []
