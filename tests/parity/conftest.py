"""One small Spark for all tests of this folder, and one lake that both engines read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lib.engine import Engine
from lib.store.lake import Lake
from lib.store.release import Release
from lib.submission import propose_drop
from tests.caseload import case, write_rows
from tests.parity.lakes import engine_over, lake_with_cases

if TYPE_CHECKING:
    from tests.parity.cluster import Cluster

ROWS = 20_000  # made-up cases a period
_WARNED = ("PySpark does not yet fully support pandas", ".RETRIES_EXCEEDED")
PATIENT = 300.0  # seconds for a question: a small Spark's first ones take long


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What all tests of Spark have in common."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.parity)
            item.add_marker(pytest.mark.timeout(900))
            for said in _WARNED:
                item.add_marker(pytest.mark.filterwarnings(f"ignore:{said}"))


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A master, two workers, a Connect server."""
    pytest.importorskip("pyspark", reason="Spark is not installed here: make parity")
    from tests.parity.cluster import cluster

    with cluster(tmp_path_factory.mktemp("spark")) as started:
        yield started


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """The shipped figures alone in R0001, with cases of two periods in R0003."""
    with lake_with_cases(tmp_path_factory.mktemp("lake {1}*数据"), rows=ROWS) as made:
        yield made


@pytest.fixture(scope="session")
def releases(lake: Lake, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Release]:
    """What is asked: figures, figures and cases, and a proposal on top, whose files lie elsewhere."""
    folder = tmp_path_factory.mktemp("drop")
    write_rows(folder / "a.csv", [case(n, 事项名称="单独一件") for n in range(9)])
    proposal, _ = propose_drop(folder, by="测试岗")
    assert proposal is not None
    ids = {"figures": "R0001", "cases": "R0003", "proposal": proposal.id}
    opened = {name: lake.opened(any_id) for name, any_id in ids.items()}
    return {name: release for name, release in opened.items() if release}


@pytest.fixture(scope="session")
def engines(
    lake: Lake, releases: dict[str, Release], spark: Cluster
) -> Iterator[dict[str, tuple[Engine, Engine]]]:
    """DuckDB and Spark over each."""
    opened = {
        name: (engine_over(lake, release), engine_over(lake, release, spark.address, PATIENT))
        for name, release in releases.items()
    }
    for _, there in opened.values():
        there.run("SELECT count(*) AS n FROM facts")  # its views are made by its first question
    yield opened
    for both in opened.values():
        for engine in both:
            engine.close()
