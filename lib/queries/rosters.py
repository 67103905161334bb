"""Rosters: every member of every list of a release, as a table and as objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from lib.queries.release import ask
from lib.settings import lake_dir


@dataclass(frozen=True)
class Member:
    """One entry of a list. `member` is a place id, or the text where members are not places."""

    roster: str
    district: str
    position: int
    member: str
    member_text: str
    complete: bool | None
    section: str | None
    source_file: str
    source_row: int


class RosterBook:
    """The lists of one period, by roster id, in the order they were first named."""

    def __init__(self, members: tuple[Member, ...]) -> None:
        self._lists: dict[str, tuple[Member, ...]] = {}
        for member in members:
            self._lists[member.roster] = (*self._lists.get(member.roster, ()), member)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def of(self, roster: str) -> tuple[Member, ...]:
        """The members of a list; none where it was not given, which is not an empty list."""
        return self._lists.get(roster, ())

    def complete(self, roster: str) -> bool:
        """Whether the source named every member."""
        return all(member.complete for member in self.of(roster))


_NAMES = tuple(field.name for field in fields(Member))


def roster_members(release_id: str, period: str) -> pa.Table:
    """roster, position, member, stated_count, complete: one row per member."""
    return ask(release_id, "roster_members", period=period)


@lru_cache(maxsize=32)
def _book(folder: Path, release_id: str, period: str) -> RosterBook:
    rows = roster_members(release_id, period).to_pylist()
    return RosterBook(tuple(Member(**{name: row[name] for name in _NAMES}) for row in rows))


def roster_book(release_id: str, period: str) -> RosterBook:
    """Every list of a release's period."""
    return _book(lake_dir(), release_id, period)
