"""The deck: a rehearsal as one HTML document that carries every slide, its style and its script."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.clock import CHINA
from lib.inlined import inlined, policy_hash
from lib.insight.overview import overview
from lib.links import address
from lib.meeting.keys import KEYS
from lib.meeting.paging import SHORT, text_width
from lib.meeting.rehearsal import screens, selection_of
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.store.rehearsals import Rehearsal
from lib.store.release import Release

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Deck:
    """A deck's HTML and the content security policy it holds itself to."""

    html: str
    policy: str


def served_deck(rehearsal: Rehearsal, newest: Release | None) -> Deck:
    """The deck as our server shows it: it asks whether there is a newer release.

    Raises UnknownReleaseError.
    """
    back = f"../{address('meeting', selection_of(rehearsal))}"
    status = f"status?release={rehearsal.release_id}"
    return _deck(rehearsal, newest, status=status, back=back, exported="")


def exported_deck(
    rehearsal: Rehearsal, newest: Release | None, now: dt.datetime, notes: bool = True
) -> bytes:
    """The deck as a file that asks nobody anything and says when it was made.

    notes: whether it carries what is to be said, which others may read in it
    Raises UnknownReleaseError.
    """
    exported = f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if not notes:
        bare = tuple(replace(planned, notes="") for planned in rehearsal.slides)
        rehearsal = replace(rehearsal, slides=bare)
    made = _deck(rehearsal, newest, status="", back="", exported=exported)
    return made.html.encode()


def sorry(sentence: str) -> Deck:
    """A page that says why there is no deck."""
    css = inlined(_HERE / "deck.css")
    policy = f"default-src 'none'; style-src '{policy_hash(css)}'; img-src data:; base-uri 'none'"
    html = (
        _environment()
        .get_template("sorry.html")
        .render(sentence=sentence, policy=policy, css=Markup(css))
    )
    return Deck(html, policy)


def newer_than(release_id: str, newest: Release | None) -> str:
    """For people, the newest release where it is another than the one given; else empty."""
    return newest.label if newest is not None and newest.id != release_id else ""


def _deck(
    rehearsal: Rehearsal, newest: Release | None, *, status: str, back: str, exported: str
) -> Deck:
    release = opened_release(rehearsal.release_id)
    selection = selection_of(rehearsal)
    css, js = inlined(_HERE / "deck.css"), inlined(_HERE / "deck.js")
    policy = (
        f"default-src 'none'; style-src '{policy_hash(css)}'; script-src '{policy_hash(js)}'; img-src data:; "
        f"connect-src {chr(39)}{'self' if status else 'none'}{chr(39)}; base-uri 'none'; form-action 'none'"
    )
    html = _environment().get_template("deck.html").render(
        title=rehearsal.title, release=release, screens=screens(rehearsal),
        what=f"{period_label(selection.period)}｜{selection.district_scope}，{selection.department_scope}",
        days=_days(selection),
        demo_mark=DEMO_MARK,
        newer=newer_than(release.id, newest), status=status, back=back, exported=exported,
        keys=KEYS, policy=policy, css=Markup(css), js=Markup(js),
    )  # fmt: skip
    return Deck(html, policy)


def _days(selection: Selection) -> str:
    """The dates of the figures, for the foot of every slide."""
    dates = overview(selection).dates
    return f"数据时点 {dates[0]} 至 {dates[1]}" if dates else "本期没有数据"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["is_short"] = lambda cell: text_width(cell) <= SHORT
    made.filters["drawn"] = lambda chart: Markup(chart())  # what draws it escapes its texts
    return made
