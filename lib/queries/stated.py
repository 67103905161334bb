"""The three snapshots and the highlights as a release states them, filtered; Arrow tables out.

`districts` and `departments` are ids; pass every id to ask about all of them.
"""

from __future__ import annotations

import pyarrow as pa

from lib.queries.release import ask

Ids = tuple[str, ...]


def center_scope(release_id: str, period: str, districts: Ids) -> pa.Table:
    """district, level, upgraded, added, completed (个): one row per district and level."""
    return ask(release_id, "center_scope", period=period, districts=districts)


def staff_by_district(release_id: str, period: str, districts: Ids) -> pa.Table:
    """district, target, trained (人): 全市 and whichever chosen districts reported."""
    return ask(release_id, "staff_by_district", period=period, districts=districts)


def warnings_by_department(release_id: str, period: str, departments: Ids) -> pa.Table:
    """department, warning, overdue (件): one row per department that reported."""
    return ask(release_id, "warnings_by_department", period=period, departments=departments)


def highlights(release_id: str, period: str) -> pa.Table:
    """section, district, position, item: one row per highlight."""
    return ask(release_id, "highlights", period=period)
