"""Names as templates write them: metrics, lists, places and site levels, by Chinese name or id."""

from __future__ import annotations

from lib.catalog.metrics import METRIC_BY_ID, METRICS, indicator_id
from lib.catalog.places import LEVELS, resolve_department, resolve_district
from lib.catalog.rosters import ROSTER_BY_ID, roster_id

_METRICS = {
    m.name: m.id for m in METRICS if m.dataset in ("staff", "warnings", "roster") and not m.ratio
}
_LEVELS = {level.tier: level.id for level in LEVELS}


def metric_of(name: str) -> str | None:
    """The id of a stated metric; None where there is none of that name. Sites are asked by level."""
    known = METRIC_BY_ID.get(name)
    if known is not None and not known.ratio:
        return name
    return _METRICS.get(name) or indicator_id(name)


def roster_of(name: str) -> str | None:
    """The id of a list, or None."""
    return name if name in ROSTER_BY_ID else roster_id(name)


def level_of(name: str) -> str | None:
    """The id of a site level, or None."""
    return _LEVELS.get(name)


def place_of(name: str) -> str | None:
    """The id of a district, of 全市, 市本级 or of a department; None where there is none."""
    return resolve_district(name).id or resolve_department(name).id
