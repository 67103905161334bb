"""The names of places as the engine joins them: every exact spelling the catalog knows."""

from __future__ import annotations

import pyarrow as pa

from lib.catalog.places import (
    DEPARTMENT_BY_ID,
    DISTRICT_BY_ID,
    Department,
    District,
    Resolution,
    resolve_department,
    resolve_district,
)
from lib.engine.copying import Workshop

_RESOLVE = {"district": resolve_district, "department": resolve_department}


class Names:
    """Written name > id, for districts and departments."""

    def __init__(self) -> None:
        registers: dict[str, tuple[District | Department, ...]] = {
            "district": tuple(DISTRICT_BY_ID.values()),
            "department": tuple(DEPARTMENT_BY_ID.values()),
        }
        self._known: dict[str, dict[str, str]] = {
            what: {name: place.id for place in register for name in (place.name, *place.aliases)}
            for what, register in registers.items()
        }  # fmt: skip

    def show(self, shop: Workshop) -> None:
        """Let a workshop read them as `known_districts` and `known_departments`."""
        for what, known in self._known.items():
            rows = {"name": list(known), "id": list(known.values())}
            shop.show(f"known_{what}s", pa.table(rows))

    def learn(self, shop: Workshop) -> bool:
        """Add the spellings, with blanks or a remark in brackets, of places that `cases` has none for."""
        learnt = False
        for what, resolve in _RESOLVE.items():
            sql = f"SELECT DISTINCT {what}_text AS name FROM cases WHERE {what} IS NULL LIMIT 10000"
            for name in shop.ask(sql)["name"].drop_null().to_pylist():
                found: Resolution = resolve(name)
                if found.id is not None:
                    self._known[what][name] = found.id
                    learnt = True
        return learnt
