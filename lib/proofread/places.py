"""Where a text names districts and departments of the catalog, by name or exact alias."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lib.catalog.places import AMBIGUOUS, CITY, CITY_LEVEL, DEPARTMENTS, DISTRICTS

_DISTRICT_NAMES = {n: d.id for d in (CITY, CITY_LEVEL, *DISTRICTS) for n in (d.name, *d.aliases)}
_DISTRICT_NAMES |= {"我市": CITY.id}
_DEPARTMENT_NAMES = {n: d.id for d in DEPARTMENTS for n in (d.name, *d.aliases)}
_NAMES = sorted({*_DISTRICT_NAMES, *_DEPARTMENT_NAMES, *AMBIGUOUS}, key=len, reverse=True)
_MENTION = re.compile("|".join(map(re.escape, _NAMES)))
_OTHER = re.compile(r"(?:[省区县州]|(?<!常州)市|国家|全国)$")
_STEMS = tuple(d.name[:-1] for d in DISTRICTS if d.name.endswith("市"))


@dataclass(frozen=True)
class Mention:
    """A name at `text[start:end]`: the id it means, none where it is ambiguous."""

    start: int
    end: int
    name: str
    kind: Literal["district", "department"]
    id: str | None


def _is_ours(before: str, name: str) -> bool:
    """Whether a department's name is not the tail of another place's: 溧阳市财政局, 省财政局."""
    return not _OTHER.search(before) and not (name.startswith("市") and before.endswith(_STEMS))


def mentions(text: str) -> Iterator[Mention]:
    """Every district and department named in a `plain` text, in order."""
    for match in _MENTION.finditer(text):
        name, before = match[0], text[max(0, match.start() - 3) : match.start()]
        if name in _DEPARTMENT_NAMES:
            if _is_ours(before, name):
                yield Mention(*match.span(), name, "department", _DEPARTMENT_NAMES[name])
        else:
            yield Mention(*match.span(), name, "district", _DISTRICT_NAMES.get(name))
