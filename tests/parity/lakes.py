"""A lake with the shipped figures and made-up cases, and an engine over one of its releases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lib.engine import Engine, open_engine
from lib.intake.schema import stored_schemas
from lib.queries.release import sql_text
from lib.seed import ensure_seeded
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import Release
from tests.caseload import release_cases

PERIODS = ("2021H2", "2022H1")  # whose cases are made up


@contextmanager
def lake_with_cases(folder: Path, rows: int) -> Iterator[Lake]:
    """R0001 has the shipped figures, R0002 and R0003 cases beside them, `rows` a period."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("TONGBAO_DATA", str(folder / "data"))
        here.setenv("TONGBAO_DEMO", "1")
        ensure_seeded()
        for period in PERIODS:
            release_cases(folder / "drop" / period, rows=rows, period=period)
        yield Lake(lake_dir())


def engine_over(lake: Lake, release: Release, address: str = "", seconds: float = 20) -> Engine:
    """As `lib/queries/release.py` opens it."""
    return open_engine(
        address, lake.path, lake.files(release), stored_schemas(), {"facts": sql_text("facts")},
        [lake.proposals_dir], seconds,
    )  # fmt: skip
