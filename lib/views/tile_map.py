"""The seven districts as tiles, roughly where they lie; no boundary data, no scale."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.qualifiers import BOUNDS
from lib.insight.cells import named, stated, summed
from lib.insight.wording import MISSING
from lib.queries.facts import Fact, FactBook, fact_book
from lib.selection import Selection

# District > (row, column) of its tile, north up: 新北 along the river, 溧阳 far to the southwest.
POSITIONS: dict[str, tuple[int, int]] = {
    "xinbei": (1, 3),
    "jintan": (2, 1), "zhonglou": (2, 2), "tianning": (2, 3), "jingkai": (2, 4),
    "liyang": (3, 1), "wujin": (3, 3),
}  # fmt: skip
SITES = "sites"
# What the tiles can show: a metric id, or all sites in scope.
MEASURES = {
    SITES: "服务阵地提升数（个）",
    "power_claim_rate": "权力事项认领率",
    "faceless_rate": "不见面办理率",
    "instant_rate": "即办件占比",
    "public_service_claimed": "公共服务事项已认领数",
}
_LEVELS = ("county", "town", "village", "point")


@dataclass(frozen=True)
class Tile:
    """One district: its figure as written, and its shade from 0 (least) to 1, None where none is due.

    A bound or a missing figure has no shade: it is hatched or blank.
    """

    district: str
    name: str
    text: str
    row: int
    column: int
    shade: float | None
    bound: bool
    chosen: bool


def tile_map(selection: Selection, measure: str) -> tuple[Tile, ...]:
    """The tiles of all districts, whatever is filtered: a click on one sets the filter."""
    book = fact_book(selection.release_id, selection.period)
    figures = {district: _figures(book, measure, district) for district in POSITIONS}
    exact = [
        sum((f.value for f in facts), Decimal(0))
        for facts in figures.values()
        if facts and not _bounded(facts)
    ]
    low, high = (min(exact), max(exact)) if exact else (Decimal(0), Decimal(0))
    return tuple(
        _tile(district, measure, figures[district], (low, high), selection)
        for district in POSITIONS
    )


def _figures(book: FactBook, measure: str, district: str) -> tuple[Fact, ...]:
    metrics = [f"center_{level}_upgraded" for level in _LEVELS] if measure == SITES else [measure]
    return tuple(fact for metric in metrics if (fact := book.get(metric, district)))


def _bounded(facts: tuple[Fact, ...]) -> bool:
    return any(fact.qualifier in BOUNDS for fact in facts)


def _tile(
    district: str,
    measure: str,
    facts: tuple[Fact, ...],
    ends: tuple[Decimal, Decimal],
    selection: Selection,
) -> Tile:
    text = summed(facts) if measure == SITES else stated(facts[0] if facts else None)
    value = sum((fact.value for fact in facts), Decimal(0))
    spread = ends[1] - ends[0]
    shade = float((value - ends[0]) / spread) if spread else 0.5
    shaded = bool(facts) and not _bounded(facts)
    return Tile(
        district, named(district), text, *POSITIONS[district],
        shade if shaded else None, bool(facts) and not shaded,
        district in selection.chosen_districts,
    )  # fmt: skip


def reading(tiles: tuple[Tile, ...], measure: str) -> str:
    """What the map says, for people who do not see it."""
    label = MEASURES[measure]
    unit = "" if measure == SITES else METRIC_BY_ID[measure].unit
    known = [tile for tile in tiles if tile.text != MISSING]
    if not known:
        return f"{label}：各地区本期都没有报送。"
    told = "，".join(f"{tile.name}{tile.text}" for tile in known)
    silent = [tile.name for tile in tiles if tile.text == MISSING]
    tail = f"；{'、'.join(silent)}未报送" if silent else ""
    bounds = "；斜纹表示原文只给界限" if any(tile.bound for tile in tiles) else ""
    return f"{label}{f'（{unit}）' if unit == '%' else ''}：{told}{tail}{bounds}。"
