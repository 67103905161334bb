"""A child process that a fault test may kill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.driver import Worker


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A process that runs publishes, for one test file."""
    made = Worker(tmp_path_factory.mktemp("faults"))
    yield made
    made.close()
