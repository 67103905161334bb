"""Rows of a report against the places somebody reports for."""

from __future__ import annotations

from collections.abc import Iterable

from lib.access.roles import DeniedError, Person
from lib.catalog.places import place_name
from lib.compare import Diff, Uncompared, key_names, keys

_PLACES = ("department", "district")  # a row of a department is the department's, wherever it is
_NAMED = 5


def check_rows(person: Person, diffs: Iterable[Diff | Uncompared]) -> None:
    """Raise DeniedError where a difference touches a row that is not of the person's places.

    Rows that stay as they are may be anybody's. 管理 may change every row.
    """
    foreign: dict[str, int] = {}
    for diff in diffs:
        for place in _touched(diff):
            if not person.reports_for(place):
                foreign[place] = foreign.get(place, 0) + 1
    if foreign:
        listed = "、".join(f"{place_name(p)}{n}行" for p, n in list(foreign.items())[:_NAMED])
        more = f"等{len(foreign)}处" if len(foreign) > _NAMED else ""
        own = "、".join(sorted(map(place_name, person.places))) or "任何地区和部门"
        raise DeniedError(
            f"这份报送会改动不归您报送的数据：{listed}{more}。您只能报送{own}的数据；"
            "请删去这些行，或把发布方式改为“更正并补充”后重新比较。"
        )


def _touched(diff: Diff | Uncompared) -> Iterable[str]:
    """The place of every row that is added, removed or changed; the city's where there are too many to tell."""
    if isinstance(diff, Uncompared):
        yield "city"
        return
    names = key_names(diff.dataset)
    rows = {
        *keys(diff.dataset, diff.added),
        *keys(diff.dataset, diff.removed),
        *(cell.key for cell in diff.changed),
    }
    for row in rows:
        by_name = dict(zip(names, row, strict=True))
        yield next((str(by_name[name]) for name in _PLACES if by_name.get(name)), "city")
