"""Spark as an engine: what it refuses, when it stops, what it says when its server is away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.engine import Engine, QueryStoppedError, open_engine
from lib.settings import ROOT
from lib.store.lake import Lake
from lib.store.release import Release
from tests.parity.conftest import PATIENT
from tests.parity.lakes import engine_over

if TYPE_CHECKING:
    from tests.parity.cluster import Cluster

SCHEMA = pa.schema([("n", pa.int64()), ("period", pa.string())])
Engines = dict[str, tuple[Engine, Engine]]
ENDLESS = """
    SELECT sum(abs(a.days - b.days) % 7) AS s FROM cases AS a JOIN cases AS b ON a.channel = b.channel
    JOIN cases AS c ON b.channel = c.channel WHERE c.days > a.days
"""


def test_files_that_lack_columns_answer_with_nothing_in_them(
    spark: Cluster, tmp_path: Path
) -> None:
    paths = []
    for period, columns in (("2021H2", {"n": [1]}), ("2022H1", {"n": [2], "word": ["二"]})):
        path = tmp_path / "t" / f"period={period}" / "a.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table(columns), path)
        paths.append(str(path))
    wanted = SCHEMA.append(pa.field("word", pa.string())).append(pa.field("day", pa.date32()))
    engine = open_engine(
        spark.address, tmp_path, {"t": paths, "empty": []}, {"t": wanted, "empty": SCHEMA},
        {"doubled": "SELECT n * 2 AS n, word FROM t"}, seconds=PATIENT,
    )  # fmt: skip
    answer = engine.run("SELECT * FROM t ORDER BY n")
    assert answer.schema == wanted
    assert answer.to_pylist() == [
        {"n": 1, "period": "2021H2", "word": None, "day": None},
        {"n": 2, "period": "2022H1", "word": "二", "day": None},
    ]
    assert engine.run("SELECT sum(n) AS s FROM doubled").to_pylist() == [{"s": 6}]
    assert engine.run("SELECT count(*) AS c FROM empty").to_pylist() == [{"c": 0}]
    engine.close()


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS a; SELECT 2 AS b",
        "CREATE TABLE x AS SELECT 1 AS n",
        "DROP VIEW cases",
        "SET x = 1",
        "SELECT * FROM nobody",
        "SELECT * FROM parquet.`/etc`",
        "SELECT * FROM read_parquet('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT reflect('java.lang.System', 'getenv') AS e",
        "SELECT java_method('java.lang.System', 'exit', 1) AS e",
    ],
)
def test_only_one_select_over_the_release_is_a_question(engines: Engines, sql: str) -> None:
    for engine in engines["cases"]:
        with pytest.raises(duckdb.Error):
            engine.run(sql)


def test_many_threads_get_right_answers(engines: Engines) -> None:
    sql = "SELECT count(*) AS c FROM cases WHERE days < $limit"
    here, there = engines["cases"]

    def wrong(limit: int) -> bool:
        return not there.run(sql, {"limit": limit}).equals(here.run(sql, {"limit": limit}))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(wrong, range(40))) == 0


def test_a_runaway_query_is_stopped_and_the_next_one_answers(
    lake: Lake, releases: dict[str, Release], spark: Cluster
) -> None:
    engine = engine_over(lake, releases["cases"], spark.address, seconds=6)
    started = time.monotonic()
    with pytest.raises(QueryStoppedError, match="查询超过6秒，已停止。请"):
        engine.run(ENDLESS)
    assert time.monotonic() - started < 16
    patient = engine_over(lake, releases["cases"], spark.address, PATIENT)
    assert patient.run("SELECT count(*) AS n FROM cases").to_pylist() == [{"n": 40_000}]
    for one in (engine, patient):
        one.close()


def test_a_server_that_is_away_is_said_at_once(lake: Lake, releases: dict[str, Release]) -> None:
    pytest.importorskip("pyspark", reason="Spark is not installed here: make parity")
    engine = engine_over(lake, releases["figures"], "sc://127.0.0.1:9", PATIENT)
    started = time.monotonic()
    with pytest.raises(QueryStoppedError, match=r"连不上 Spark（sc://127\.0\.0\.1:9），查询没有做"):
        engine.run("SELECT count(*) AS n FROM facts")
    assert time.monotonic() - started < 5


def test_the_command_line_answers_alike(lake: Lake, spark: Cluster) -> None:
    said = []
    for address in ("duckdb", spark.address):
        asked = {"TONGBAO_ENGINE": address, "TONGBAO_QUERY_SECONDS": f"{PATIENT:g}"}
        for command in (["facts", "--csv"], ["metric", "overdue_count", "--json"], ["reconcile"]):
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "lib", *command], cwd=ROOT, text=True,
                env=os.environ | asked, capture_output=True, timeout=PATIENT, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            said.append(done.stdout)
    assert said[:3] == said[3:]
    assert json.loads(said[1])
