"""简报 as a PDF: the same content and sizes as the Word file, drawn by typst from `page.typ`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from lib.catalog.demo import DEMO_MARK
from lib.documents.brief import design
from lib.documents.brief.compose import brief
from lib.documents.brief.parts import Brief, Part
from lib.documents.fonts import Faces, faces, installed
from lib.documents.tones import ACCENT, FAINT, HEAD, RULE, TONES
from lib.documents.word.watermark import WARNING
from lib.insight.cards import Card
from lib.queries.release import opened_release
from lib.selection import Selection

_PAGE = Path(__file__).with_name("page.typ")


def brief_pdf(selection: Selection) -> bytes:
    """The PDF of a selection's brief, one page of A4; the same bytes for the same release and fonts.

    Raises UnknownReleaseError; NoChineseFontError where no font can write Chinese.
    """
    made, chosen = brief(selection), _faces()
    when = int(opened_release(selection.release_id).created_at.timestamp())
    given = json.dumps(_given(made, chosen), ensure_ascii=False)
    drawn = typst.compile(
        _PAGE, font_paths=installed(), sys_inputs={"given": given}, timestamp=when
    )
    assert isinstance(drawn, bytes)
    return drawn


@cache
def _faces() -> Faces:
    return faces(installed().families())


def _given(made: Brief, chosen: Faces) -> dict[str, Any]:
    """All that the page is drawn from."""
    return {
        "title": made.title,
        "about": made.about,
        "notice": made.notice,
        "cards": [_card(card) for card in made.cards],
        "parts": [_part(part) for part in made.parts],
        "numbers": list("一二三四五六"),
        "footer": [line for line in (made.footer, chosen.note) if line],
        "mark": DEMO_MARK if made.synthetic else "",
        "warning": WARNING,
        "fonts": {"title": chosen.title, "text": chosen.text, "heading": chosen.heading},
        "colours": {
            "accent": ACCENT, "faint": FAINT, "rule": RULE, "head": HEAD, "warning": TONES["red"],
        },
        "type": design.TYPE,
        "side": design.SIDE, "top": design.TOP, "bottom": design.BOTTOM,
        "before-heading": design.BEFORE_HEADING, "after-heading": design.AFTER_HEADING,
        "after-about": design.AFTER_ABOUT, "number": design.NUMBER,
        "cell-above": design.CELL_ABOVE, "cell-aside": design.CELL_ASIDE,
        "card-columns": design.CARD_COLUMNS, "card-above": design.CARD_ABOVE,
        "card-aside": design.CARD_ASIDE,
    }  # fmt: skip


def _card(card: Card) -> dict[str, Any]:
    return {
        "title": card.title, "scope": card.scope, "value": card.value, "unit": card.unit,
        "light": str(card.light), "tone": TONES[card.light.tone], "lines": card.lines,
    }  # fmt: skip


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title, "completeness": part.completeness, "columns": part.columns,
        "rows": part.rows, "note": part.note, "shares": design.SHARES.get(len(part.columns), ()),
    }  # fmt: skip
