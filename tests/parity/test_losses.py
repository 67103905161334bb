"""Parts of Spark go down while it is asked: the answer is still right, or comes after the server is back."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from lib.engine import Engine, QueryStoppedError

if TYPE_CHECKING:
    from tests.parity.cluster import Cluster

Engines = dict[str, tuple[Engine, Engine]]
# Every pair of cases of a channel and a district: long for two workers of one core.
LONG = """
    SELECT a.department, count(*) AS pairs, sum(CAST(a.days AS BIGINT) * b.days) AS products,
        sum(abs(a.days - b.days) % 7) AS rests
    FROM cases AS a
    JOIN cases AS b ON b.district = a.district AND b.channel = a.channel
    GROUP BY a.department
    ORDER BY a.department
"""


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.1)


def test_a_worker_lost_in_the_middle_of_a_query_changes_nothing(
    engines: Engines, spark: Cluster, record_property: Callable[..., None]
) -> None:
    here, there = engines["cases"]
    right = here.run(LONG)
    before = spark.log("server").count("Lost executor")
    with ThreadPoolExecutor(1) as other:
        started = time.monotonic()
        asked = other.submit(there.run, LONG)
        time.sleep(4)
        assert not asked.done()
        spark.kill("worker1")
        until(lambda: spark.log("server").count("Lost executor") > before)
        assert not asked.done(), "the query was over before the worker was missed"
        assert asked.result().equals(right)
    record_property("lost worker seconds", f"{time.monotonic() - started:.1f}")
    spark.start_worker(1)


def test_a_server_started_anew_is_asked_again(engines: Engines, spark: Cluster) -> None:
    here, there = engines["cases"]
    count = "SELECT count(*) AS n FROM cases"
    assert there.run(count).equals(here.run(count))
    spark.kill("server")
    with pytest.raises(QueryStoppedError, match="连不上 Spark"):
        there.run(count)
    spark.start_server()
    assert there.run(count).equals(here.run(count))
