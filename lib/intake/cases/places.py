"""The names of places as the engine joins them: every exact spelling the catalog knows."""

from __future__ import annotations

import pyarrow as pa

from lib.catalog.places import (
    ALL_DEPARTMENTS,
    CITY,
    DEPARTMENT_BY_ID,
    DISTRICT_BY_ID,
    Department,
    District,
    Resolution,
    resolve_department,
    resolve_district,
)
from lib.engine.copying import Workshop
from lib.engine.texts import words_type

_RESOLVE = {"district": resolve_district, "department": resolve_department}
_WHOLE = (CITY.id, ALL_DEPARTMENTS.id)


class Names:
    """Written name > id, for districts and departments; the whole is no place of a case."""

    def __init__(self) -> None:
        registers: dict[str, tuple[District | Department, ...]] = {
            "district": tuple(DISTRICT_BY_ID.values()),
            "department": tuple(DEPARTMENT_BY_ID.values()),
        }
        self._known: dict[str, dict[str, str]] = {
            what: {
                name: place.id
                for place in register if place.id not in _WHOLE
                for name in (place.name, *place.aliases)
            }
            for what, register in registers.items()
        }  # fmt: skip

    def show(self, shop: Workshop) -> None:
        """Let a workshop read them as `known_districts` and `known_departments`: name, word, id.

        Word and id are of types of their own, name is not, for what is written to be found by it.
        """
        for what, known in self._known.items():
            shop.show(f"{what}_names", pa.table({"name": list(known), "id": list(known.values())}))
            shop.table(
                f"known_{what}s",
                f"SELECT name, CAST(name AS {words_type(known)}) AS word, "
                f"CAST(id AS {words_type(known.values())}) AS id FROM {what}_names",
            )

    def learn(self, shop: Workshop) -> bool:
        """Add the spellings, with blanks or a remark in brackets, that rows of `dropped` have and none here."""
        learnt = False
        for what, resolve in _RESOLVE.items():
            sql = f"""
                SELECT DISTINCT r.{what} AS name FROM dropped AS r
                ANTI JOIN known_{what}s AS k ON k.name = r.{what} LIMIT 10000
            """
            for name in shop.ask(sql)["name"].drop_null().to_pylist():
                found: Resolution = resolve(name)
                if found.id is not None and found.id not in _WHOLE:
                    self._known[what][name] = found.id
                    learnt = True
        return learnt
