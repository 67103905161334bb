"""The bulletins of other periods, whole or poor in figures, pass their own proofreading too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lib.bulletin.compose import bulletin
from lib.proofread.checking import proofread
from lib.seed import ensure_seeded
from lib.selection import Selection
from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.bulletin.test_other_periods import INDICATORS, POOR, WARNINGS, publish
from tests.proofread.texts import composed
from tests.synthetic import PERIODS, synthetic_files


@pytest.fixture(scope="module")
def release_id(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A lake with two made-up periods and a poor one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGBAO_DATA", str(tmp_path_factory.mktemp("periods")))
        patch.setenv("TONGBAO_DEMO", "1")
        ensure_seeded()
        for period in PERIODS:
            publish(synthetic_files(period, site_names=True))
        publish({"预警.csv": WARNINGS.encode(), "指标.csv": INDICATORS.encode()})
        live = Lake(lake_dir()).live()
        assert live is not None
        yield live.id


@pytest.mark.parametrize("period", [*PERIODS, POOR])
def test_a_bulletin_of_any_period_has_no_finding(release_id: str, period: str) -> None:
    draft = composed(bulletin(Selection(release_id, period)), release_id)
    assert proofread(draft) == ()
    assert proofread(draft, release_id, period) == ()
