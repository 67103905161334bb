"""Lists and highlights of a selection, as a sentence enumerates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lib.bulletin.parts import Gap
from lib.bulletin.spans import Piece, told
from lib.catalog.demo import DEMO_MARK
from lib.catalog.places import place_name, resolve_department
from lib.catalog.rosters import ROSTER_BY_ID
from lib.insight.cells import figure
from lib.insight.wording import in_full, listed
from lib.queries.facts import Fact, fact_book
from lib.queries.rosters import roster_members
from lib.queries.stated import highlights
from lib.selection import Selection

_FEW = 4  # a complete list of more is closed with 等 before its count, as bulletins do
Row = dict[str, Any]


def gap(name: str, place: str) -> Gap:
    """The visible mark of a figure or list that was not reported."""
    return Gap(f"〔缺：{name}，{place}〕")


class Lists:
    """The lists and highlights of a period, narrowed to the chosen places."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._book = fact_book(selection.release_id, selection.period)
        self._rows: dict[str, list[Row]] = {}
        for row in roster_members(selection.release_id, selection.period).to_pylist():
            self._rows.setdefault(row["roster"], []).append(row)
        self._highlights = highlights(selection.release_id, selection.period).to_pylist()

    def ids(self) -> Iterable[str]:
        """The lists that were given, in source order."""
        return self._rows

    @property
    def any_highlights(self) -> bool:
        """Whether the period has any highlight."""
        return bool(self._highlights)

    def rows(self, roster: str) -> list[Row]:
        """The released rows of a list."""
        return self._rows.get(roster, [])

    def stated(self, roster: str) -> Fact | None:
        """The list's stated count, as a fact."""
        return next(iter(self._book.of(f"roster_{roster}")), None)

    def count(self, roster: str) -> str:
        """The stated count, or a gap."""
        fact = self.stated(roster)
        if fact is None:
            return gap(f"{ROSTER_BY_ID[roster].name}个数", "全市")
        return figure(in_full(fact), [fact])

    def chosen(self, roster: str) -> list[Row]:
        """The rows whose member the filters show."""
        hidden = self._selection.hidden if ROSTER_BY_ID[roster].member != "text" else frozenset()
        return [row for row in self.rows(roster) if row["member"] not in hidden]

    def said(
        self, roster: str, place: str | None = None, noun: str = "", wrap: str = "",
        *, notes: bool = False, joined: str = "",
    ) -> tuple[Piece, ...]:  # fmt: skip
        """A list as enumerated: 甲、乙、丙等14个部门; 市、镇两级; 甲（设计中）、乙（洽谈中）.

        `place` asks for it only where it is that district's own. A list cut by the filters is closed
        with 等; where it names none of the chosen, only others, that is said.
        """
        rows = self.rows(roster)
        if not rows or place not in (None, rows[0]["district"]):
            return (gap(ROSTER_BY_ID[roster].name, place_name(place or "city")),)
        if rows[0]["district"] in self._selection.hidden:
            return (told(""),)
        shown, fact = self.chosen(roster), self.stated(roster)
        count: tuple[Piece, ...] = (figure(in_full(fact), [fact]), noun) if fact else ()
        if not shown:
            return (*count, told(_none(roster, bool(count)), roster))
        whole = len(shown) == len(rows) and all(row["complete"] for row in rows)
        closed = "等" if not whole or (fact and len(rows) > _FEW) else ""
        names = [_wrapped(_name(row, notes), wrap) for row in shown]
        words = (joined or ("" if wrap else "、")).join(names)
        return (told(words, roster), closed, *(count or (noun,)))

    def highlights(self, section: str) -> list[tuple[str, str | None]]:
        """The section's highlights the filters show: (what was done, its date as stated)."""
        return [
            (row["item"], row["as_of_text"])
            for row in self._highlights
            if row["section"] == section and row["district"] not in self._selection.hidden
        ]

    def highlight_places(self, section: str) -> str:
        """The districts the section's highlights are about, by name; empty where all are hidden."""
        places = [row["district"] for row in self._highlights if row["section"] == section]
        shown = [place for place in dict.fromkeys(places) if place not in self._selection.hidden]
        return listed(map(place_name, shown)) if places else "创新做法"

    def name(self, row: Row) -> str:
        """A member's name as the bulletin writes it."""
        return _name(row, notes=False)


def _none(roster: str, counted: bool) -> str:
    """In place of names where the filters leave out every one."""
    kind = "部门" if ROSTER_BY_ID[roster].member == "department" else "辖市（区）"
    return f"（不含所选{kind}）" if counted else f"未选的{kind}"


def _name(row: Row, notes: bool) -> str:
    """A member by its present name, with the remark that came with it in brackets."""
    if ROSTER_BY_ID[row["roster"]].member == "text":
        name, remark = row["member_text"], ""
    else:
        name = place_name(row["member"])
        remark = resolve_department(row["member_text"]).note
    own = _remarks(row["note"]) if notes else []
    remarks = "；".join(dict.fromkeys([remark, *own] if remark else own))
    return f"{name}（{remarks}）" if remarks else name


def _remarks(note: str | None) -> list[str]:
    """What a note says about the member itself, not about the source's wording.

    A department in it is called by its present name, like everywhere else in the text.
    """
    clauses = (note or "").split("；")
    own = [c for c in clauses if c and not c.startswith(("原文", DEMO_MARK))]
    return [place_name(known) if (known := resolve_department(c).id) else c for c in own]


def _wrapped(name: str, wrap: str) -> str:
    return f"{wrap[0]}{name}{wrap[1]}" if wrap else name
