"""简报 as a Word file of one page: every line of a fixed height, so that it stays one."""

from __future__ import annotations

from collections.abc import Sequence

from lib.documents.brief import design
from lib.documents.brief.compose import brief
from lib.documents.brief.parts import Brief, Part
from lib.documents.brief.sheet import points, section, styles
from lib.documents.tones import FAINT, HEAD, RULE, TONES
from lib.documents.word import official
from lib.documents.word.controls import Controls
from lib.documents.word.package import Part as FilePart
from lib.documents.word.package import Properties, packed
from lib.documents.word.watermark import demo_header
from lib.documents.word.xml import Element, paragraph, run, w
from lib.insight.cards import Card
from lib.insight.cells import figure
from lib.insight.overview import overview
from lib.queries.release import opened_release
from lib.selection import Selection

_NUMBERS = "一二三四五六"
# After a table there has to be a paragraph: as low as one can be.
_CLOSING = w("spacing", line=20, lineRule="exact")


def brief_docx(selection: Selection) -> bytes:
    """The .docx of a selection's brief, one page of A4. Raises UnknownReleaseError."""
    made, release = brief(selection), opened_release(selection.release_id)
    controls = Controls(selection.release_id)
    content = _content(made, controls)
    parts = [
        *official.parts(styles(), design.TYPE["point"][0], odd_and_even=False),
        FilePart("footer", w("ftr", paragraph("footer", [run(made.footer)])), "default"),
        *([FilePart("header", demo_header("1"), "default")] if made.synthetic else []),
        controls.part(),
    ]
    dates = overview(selection).dates
    day = dates[1] if dates else release.created_at.date()
    body = w("document", w("body", *content, section(parts)))
    return packed(body, parts, Properties(made.title, made.about[0], day))


def _content(made: Brief, controls: Controls) -> list[Element]:
    content = [
        paragraph("title", [run(made.title)]),
        *(paragraph("about", [run(line)]) for line in made.about),
        paragraph("line", (), w("spacing", line=points(design.AFTER_ABOUT), lineRule="exact")),
    ]
    if made.cards:
        content += [_cards(made.card_rows, controls), paragraph("line", (), _CLOSING)]
    if made.notice:
        content.append(paragraph("point", [run(made.notice)]))
    for number, part in zip(_NUMBERS, made.parts, strict=False):
        content += _part(number, part)
    return content


def _cards(rows: Sequence[Sequence[Card]], controls: Controls) -> Element:
    share = points(design.WIDTH / design.CARD_COLUMNS)
    cells = [[_cell(share, _card(card, controls), at="top") for card in row] for row in rows]
    for row in cells:
        row += [_cell(share, [paragraph("line")])] * (design.CARD_COLUMNS - len(row))
    return _table([share] * design.CARD_COLUMNS, cells, design.CARD_ABOVE, design.CARD_ASIDE)


def _card(card: Card, controls: Controls) -> list[Element]:
    """Name and scope, the figure with its unit and light, and the lines that explain it."""
    own = [f for f in card.facts if (f.metric, f.value_text) == (card.metric, card.value)]
    small = [w("sz", val=round(2 * design.TYPE["light"][0]))]
    light = [w("color", val=TONES[card.light.tone]), *small]
    return [
        paragraph("card", [run(card.title), run(f"　{card.scope}", w("color", val=FAINT), *small)]),
        paragraph(
            "value",
            [
                *controls.runs([figure(card.value, own[:1] or card.facts)]),
                *([run(f" {card.unit}", *small)] if card.unit else []),
                run(f"　{card.light}", *light),
            ],
        ),
        *(paragraph("line", [run(line)]) for line in card.lines),
    ]


def _part(number: str, part: Part) -> list[Element]:
    said = [run(f"（{part.completeness}）", w("color", val=FAINT), w("sz", val=18))]
    content = [paragraph("heading", [run(f"{number}、{part.title}"), *said])]
    if part.columns and part.rows:
        content.append(_rows(part))
    elif not part.columns:
        content += [
            paragraph("point", [run(f"{n}."), w("r", w("tab")), run(row[0])])
            for n, row in enumerate(part.rows, 1)
        ]
    return [*content, *([paragraph("note", [run(part.note)])] if part.note else [])]


def _rows(part: Part) -> Element:
    shares = [points(share * design.WIDTH) for share in design.SHARES[len(part.columns)]]
    head = [
        _cell(share, [paragraph("cell", [run(label, w("b"))])], fill=HEAD)
        for share, label in zip(shares, part.columns, strict=True)
    ]
    rows = [
        [
            _cell(share, [paragraph("cell", [run(text)])])
            for share, text in zip(shares, row, strict=True)
        ]
        for row in part.rows
    ]
    return _table(shares, [head, *rows], design.CELL_ABOVE, design.CELL_ASIDE)


def _table(
    shares: Sequence[int], rows: Sequence[Sequence[Element]], above: float, aside: float
) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    margins = {"top": above, "left": aside, "bottom": above, "right": aside}
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblW", w=sum(shares), type="dxa"),
            w("tblBorders", *(w(side, val="single", sz=4, space=0, color=RULE) for side in sides)),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=points(n), type="dxa") for side, n in margins.items())),
        ),
        w("tblGrid", *(w("gridCol", w=share) for share in shares)),
        *(w("tr", w("trPr", w("cantSplit")), *cells) for cells in rows),
    )


def _cell(width: int, content: Sequence[Element], fill: str = "", at: str = "center") -> Element:
    shade = w("shd", val="clear", color="auto", fill=fill) if fill else None
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), shade, w("vAlign", val=at)), *content)
