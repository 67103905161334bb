"""Data that would like to be a page: texts for every free cell, and a lake full of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from lib.catalog.rosters import ROSTERS
from lib.intake.draft import Draft
from lib.intake.reading import read_file
from lib.selection import Selection
from lib.store.comments import Comments
from lib.store.lake import Lake
from lib.store.rehearsals import Planned, Rehearsal, Rehearsals

BULLETINS = Path(__file__).resolve().parents[2] / "data" / "bulletins" / "2022H1"
SHORT = "<img src=x onerror=hacked=1>![x](//planted.invalid/)"
NAME = "<img src=x onerror=hacked=1>"
LONG = (
    '<img src="http://planted.invalid/i" onerror="hacked=1"><script>hacked=1</script>'
    '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe><svg onload=hacked=1></svg>'
    "![x](http://planted.invalid/m) [y](javascript:hacked=1) :red[z] $z$ `c` **b**"
    '<meta http-equiv=refresh content="0;url=http://planted.invalid/r">'
    "<style>body{display:none}</style><form action=http://planted.invalid/f><input></form>"
)
_TEXT_LISTS = {roster.name for roster in ROSTERS if roster.member == "text"}


def _changed(path: Path) -> bytes:
    """A shipped file with hostile text wherever its template takes any text."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for number, row in enumerate(rows):
        row["备注"] = LONG
        if "事项" in row:
            row["事项"] = f"{number}{LONG}"
        if row.get("名单") in _TEXT_LISTS:
            row["成员"] = f"{number}{SHORT}"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def drafts() -> list[Draft]:
    """The shipped figures among hostile texts, from files with hostile names."""
    found = []
    for path in sorted(BULLETINS.glob("*.csv")):
        reading = read_file(_changed(path), f"{NAME}{path.name}")
        assert not [i for d in reading.drafts for i in d.issues if i.severity == "阻断"], path.name
        found += reading.drafts
    return found


def hostile_lake(data: Path) -> str:
    """A data folder whose only release is hostile, with a proposal, a comment and a rehearsal.

    The address of the rehearsal's deck.
    """
    lake = Lake(data / "lake")
    made = drafts()
    release = lake.publish(made, by=NAME, note=LONG)
    lake.propose(made[:1], by=NAME, note=LONG)
    Comments(data / "lake").add(
        release=release.id, period="2022H1", rule="roster-work_lines", by=NAME, text=LONG, about=""
    )
    from lib.meeting.rehearsal import plan, planned_from

    planned = planned_from(plan(Selection(release.id, "2022H1")))
    slides = tuple(Planned(line.slide, LONG) for line in planned[:6])
    meeting = Rehearsal(SHORT, release.id, "2022H1", (), (), slides, NAME)
    return f"deck/{Rehearsals(data / 'rehearsals').save(meeting).id}"
