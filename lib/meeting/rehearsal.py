"""From what is looked at to a rehearsal, from a rehearsal to its screens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from lib.catalog.periods import period_label
from lib.meeting.page import Page
from lib.meeting.slides import Offer, offers, pages
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.settings import data_dir
from lib.store.rehearsals import LONGEST_SECONDS, SHORTEST_SECONDS, Planned, Rehearsal, Rehearsals
from lib.views.exhibit import datasets_of

Line = dict[str, Any]


@dataclass(frozen=True)
class Screen:
    """A page of the deck with what is said beside it and how many seconds it stays."""

    page: Page
    notes: str
    seconds: int
    made_up: bool


def kept_rehearsals() -> Rehearsals:
    """The rehearsals of this installation."""
    return Rehearsals(data_dir() / "rehearsals")


def selection_of(rehearsal: Rehearsal) -> Selection:
    """What a rehearsal is pinned to."""
    return Selection(
        rehearsal.release_id, rehearsal.period, rehearsal.districts, rehearsal.departments
    )


def default_title(selection: Selection) -> str:
    """What a new rehearsal is called."""
    return f"{period_label(selection.period)}政务服务情况"


def screens(rehearsal: Rehearsal) -> tuple[Screen, ...]:
    """Every screen, in order; one slide's seconds are shared by its screens.

    Raises UnknownReleaseError.
    """
    selection = selection_of(rehearsal)
    made = []
    for planned in rehearsal.shown:
        parts = pages(planned.slide, selection, rehearsal.title)
        seconds = ceil(planned.seconds / len(parts))
        made_up = _made_up(planned.slide, selection)
        made += [Screen(part, planned.notes, seconds, made_up) for part in parts]
    return tuple(made)


def _made_up(slide: str, selection: Selection) -> bool:
    """Whether what a slide shows holds made-up figures."""
    view = slide.partition(":")[2]
    return opened_release(selection.release_id).made_up(selection.period, datasets_of(view))


def plan(selection: Selection, planned: Sequence[Planned] = ()) -> list[Line]:
    """The lines of the editor: what is planned first, then every other slide there is.

    A line is {slide, 展示, 次序, 内容, 讲稿, 秒数}. Nothing planned yet: what a meeting usually takes.
    """
    known = {offer.id: offer for offer in offers(selection)}
    held = {item.slide for item in planned}
    others = [
        Planned(offer.id, "", offer.seconds, offer.shown and not planned)
        for offer in known.values()
        if offer.id not in held
    ]
    return [_line(n, item, known.get(item.slide)) for n, item in enumerate((*planned, *others), 1)]


def moved(selection: Selection, planned: Sequence[Planned]) -> list[Line]:
    """A plan carried to another selection: what it does not have and nobody chose is left out."""
    known = {offer.id for offer in offers(selection)}
    return plan(selection, [p for p in planned if p.slide in known or p.shown or p.notes])


def _line(number: int, planned: Planned, offer: Offer | None) -> Line:
    title = f"{planned.slide}（现在没有这一页）" if offer is None else offer.title
    return {
        "slide": planned.slide,
        "展示": planned.shown,
        "次序": number,
        "内容": f"{title}（本期没有）" if offer and offer.empty else title,
        "讲稿": planned.notes,
        "秒数": planned.seconds,
    }


def planned_from(lines: Sequence[Line]) -> tuple[Planned, ...]:
    """The plan that the lines of the editor make, by 次序; equal ones stay as they stand.

    What was cleared takes its place back: no order goes last, no seconds is a minute.
    """
    ordered = sorted(lines, key=lambda line: _number(line["次序"], len(lines) + 1))
    return tuple(
        Planned(
            line["slide"], (line["讲稿"] or "").strip(),
            min(max(int(_number(line["秒数"], 60)), SHORTEST_SECONDS), LONGEST_SECONDS),
            bool(line["展示"]),
        )
        for line in ordered
    )  # fmt: skip


def _number(value: Any, otherwise: float) -> float:
    return otherwise if value is None or value != value else float(value)


def in_all(planned: Sequence[Planned], selection: Selection) -> str:
    """For people: how many slides and screens a plan has, and how long it takes."""
    shown = [item for item in planned if item.shown]
    count = sum(len(pages(item.slide, selection)) for item in shown)
    minutes = ceil(sum(item.seconds for item in shown) / 60)
    return f"{len(shown)}项，共{count}页，约{minutes}分钟"
