"""Rehearsals for tests: of the shipped figures, with every slide shown or with a few."""

from __future__ import annotations

from dataclasses import replace

from lib.meeting.rehearsal import plan, planned_from
from lib.selection import Selection
from lib.store.rehearsals import Planned, Rehearsal

WHOLE = Selection("R0001", "2022H1")


def rehearsal(*slides: Planned | str, at: Selection = WHOLE, title: str = "通报会") -> Rehearsal:
    """A rehearsal of the given slides; of every slide there is where none is given."""
    chosen = [Planned(slide) if isinstance(slide, str) else slide for slide in slides]
    if not chosen:
        chosen = [replace(planned, shown=True) for planned in planned_from(plan(at))]
    return Rehearsal(
        title, at.release_id, at.period, at.chosen_districts, at.chosen_departments,
        tuple(chosen), "数据科",
    )  # fmt: skip
