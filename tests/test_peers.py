"""The peers that 预警台账 is measured beside show its figures, whichever way they come by them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from lib.selection import Selection
from lib.settings import lake_dir
from lib.views.case_cards import case_cards
from tests.caseload import release_cases
from tests.fresh import forget_views

ROOT = Path(__file__).resolve().parent.parent
CHOICES: tuple[tuple[str, ...], ...] = ((), ("溧阳市",), ("市本级", "天宁区"))


@pytest.fixture(scope="module")
def figures() -> Iterator[ModuleType]:
    """What the peers share."""
    found = importlib.util.spec_from_file_location("figures", ROOT / "bench/peers/figures.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["figures"] = module  # dataclasses look their module up
    found.loader.exec_module(module)
    yield module
    del sys.modules["figures"]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Selection]:
    """A release of made-up cases."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    monkeypatch.setenv("BENCH_LAKE", str(lake_dir()))
    forget_views()
    release = release_cases(tmp_path / "drop", rows=20_000)
    yield Selection(release.id, "2022H1")
    forget_views()


def test_all_three_ways_give_the_same_figures(figures: ModuleType, at: Selection) -> None:
    ways = (figures.asked_of_cases, figures.cases_held(), figures.cube_held())
    for districts in CHOICES:
        first, *others = (way(districts) for way in ways)
        for other in others:
            assert other.cards == first.cards
            for name in ("departments", "districts", "months", "items"):
                expected, found = (
                    getattr(shown, name).round(9).astype(object).values.tolist()
                    for shown in (first, other)
                )
                assert found == expected, (name, districts)


@pytest.mark.parametrize("districts", CHOICES)
def test_they_are_the_pages(
    figures: ModuleType, at: Selection, districts: Sequence[str]
) -> None:  # fmt: skip
    chosen = tuple(figures.DISTRICTS[name] for name in districts)
    cards = {card.title: card for card in case_cards(Selection(at.release_id, at.period, chosen))}
    shown = figures.asked_of_cases(districts).cards
    for title in ("办件总数", "即将到期", "超期未结", "办理天数 p50"):
        assert shown[title] == cards[title].value
    assert f"p90 {shown['办理天数 p90']}天" in cards["办理天数 p50"].lines
