"""Drafts for tests, a line a paragraph, and what was found in them in short."""

from __future__ import annotations

from lib.bulletin.parts import Bulletin
from lib.insight.cells import Figure
from lib.proofread.checking import proofread
from lib.proofread.draft import Draft, Mark, Paragraph
from lib.proofread.findings import Finding
from lib.queries.references import figure_tag


def draft(text: str) -> Draft:
    """A text as a draft: blank lines left out, as the reader of files leaves them out."""
    lines = [line for line in text.splitlines() if line.strip()]
    return Draft("粘贴的文字", tuple(Paragraph(n, line) for n, line in enumerate(lines, 1)))


def found(text: str, *release: str) -> list[Finding]:
    """What is found in a text."""
    return list(proofread(draft(text), *release))


def told(text: str, *release: str) -> list[tuple[str, str, str]]:
    """Check, quoted words and what was expected, of everything found in a text."""
    return [(f.check, f.quoted, f.expected) for f in found(text, *release)]


def _paragraph(number: int, spans: tuple[str, ...], heading: bool, release_id: str) -> Paragraph:
    """A block with a mark round each of its figures, as the Word file has them."""
    marks, at = [], 0
    for span in spans:
        if isinstance(span, Figure):
            marks.append(Mark(at, at + len(span), figure_tag(span.facts, release_id)))
        at += len(span)
    return Paragraph(number, "".join(spans), heading, tuple(marks))


def composed(made: Bulletin, release_id: str) -> Draft:
    """A composed bulletin as a draft."""
    day = f"{made.date.year}年{made.date.month}月{made.date.day}日"
    body = [(block.spans, bool(block.level)) for block in made.blocks]
    listed = [((f"附件：{name}",), False) for name in made.attachments]
    signed = [((line,), False) for line in (*made.signatory, day)]
    frame = [((line,), False) for line in (made.title, made.addressee) if line]
    lines = enumerate([*frame, *body, *listed, *signed], 1)
    paragraphs = (_paragraph(n, spans, heading, release_id) for n, (spans, heading) in lines)
    return Draft("通报.docx", tuple(paragraphs))
