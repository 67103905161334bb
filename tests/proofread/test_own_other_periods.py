"""The bulletins of other periods, whole or poor in figures, pass their own proofreading too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lib.bulletin.compose import bulletin
from lib.proofread.checking import proofread
from lib.selection import Selection
from tests.kept import POOR, four_periods
from tests.proofread.texts import composed
from tests.synthetic import PERIODS


@pytest.fixture(scope="module")
def release_id(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A lake with two made-up periods and a poor one."""
    with four_periods(tmp_path_factory.mktemp("periods")) as lake:
        live = lake.live()
        assert live is not None
        yield live.id


@pytest.mark.parametrize("period", [*PERIODS, POOR])
def test_a_bulletin_of_any_period_has_no_finding(release_id: str, period: str) -> None:
    draft = composed(bulletin(Selection(release_id, period)), release_id)
    assert proofread(draft) == ()
    assert proofread(draft, release_id, period) == ()
