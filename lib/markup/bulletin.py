"""A composed bulletin as people read it: figures lead to their sources, gaps stand out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lib.bulletin.parts import Block, Bulletin, Gap
from lib.insight.cells import Figure
from lib.markup.tags import link, sources_address, tag


def bulletin(made: Bulletin) -> str:
    """The whole text as on paper."""
    foot = "<br>".join(map(escape, (*made.signatory, made.date_text)))
    attached = "；".join(map(escape, made.attachments))
    return tag(
        "article",
        tag("h2", escape(made.title), "tb-paper-title")
        + tag("p", escape(made.addressee), "tb-flush")
        + _paragraphs(made.blocks)
        + (tag("p", f"附件：{attached}") if attached else "")
        + tag("p", foot, "tb-signed"),
        "tb-paper",
    )


def passage(blocks: Sequence[Block]) -> str:
    """A part of a bulletin, as a changed template would make it."""
    return tag("article", _paragraphs(blocks), "tb-paper")


def _paragraphs(blocks: Sequence[Block]) -> str:
    return "".join(_paragraph(block) for block in blocks)


def _paragraph(block: Block) -> str:
    words = [_span(span) for span in block.spans]
    lead = tag("strong", "".join(words[: block.lead])) if block.lead else ""
    text = lead + "".join(words[block.lead :])
    return tag("h3", text, f"tb-level-{block.level}") if block.level else tag("p", text)


def _span(span: str) -> str:
    if isinstance(span, Gap):
        return tag("mark", escape(span), "tb-gap")
    if isinstance(span, Figure):
        return link(span, sources_address(span.facts), "tb-source")
    return escape(span)
