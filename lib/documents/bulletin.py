"""通报 as a Word file by GB/T 9704: what `lib.bulletin` composed, laid out; nothing is worded here."""

from __future__ import annotations

from collections.abc import Iterator

from lib.bulletin.annex import sources
from lib.bulletin.parts import Block, Bulletin
from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.documents.appendices import appended
from lib.documents.lines import ems, signature_insets, title_lines
from lib.documents.word import official
from lib.documents.word.controls import Controls
from lib.documents.word.official import CHARACTERS, indent
from lib.documents.word.package import Part, Properties, packed
from lib.documents.word.red_head import red_head as red_head_of
from lib.documents.word.watermark import demo_header
from lib.documents.word.xml import Element, broken, paragraph, run, w
from lib.queries.release import opened_release

_TITLE_ROOM = official.room(official.TITLE_SIZE)


def bulletin_docx(bulletin: Bulletin, *, red_head: bool = False) -> bytes:
    """The .docx of a bulletin; the same bulletin gives the same bytes. Raises UnknownReleaseError.

    red_head: with 发文机关标志, a number to be filled in, and the red rule.
    """
    controls = Controls(bulletin.selection.release_id)
    content = [
        *(red_head_of(bulletin.signatory, bulletin.date.year) if red_head else ()),
        _title(bulletin.title, bulletin.synthetic),
        _blank(),
        paragraph("Addressee", [run(bulletin.addressee)]),
        *_body(bulletin.blocks, controls),
        *_attachments(bulletin.attachments),
        *_signature(bulletin),
        *appended((*bulletin.appendices, sources(bulletin)), bulletin.attachments, controls),
    ]
    parts = [*official.parts(official.styles()), *_running(bulletin), controls.part()]
    body = w("document", w("body", *content, official.section(parts)))
    subject = f"{period_label(bulletin.selection.period)}，版本{bulletin.selection.release_id}"
    return packed(body, parts, Properties(bulletin.title, subject, bulletin.date))


def _blank(*properties: Element) -> Element:
    return paragraph("Blank", (), *properties)


def _title(text: str, synthetic: bool) -> Element:
    """The title in lines; 演示数据 on a line of its own."""
    mark = f"（{DEMO_MARK}）"
    lines = title_lines(text.removesuffix(mark), _TITLE_ROOM)
    return paragraph("Title", broken([*lines, mark] if synthetic else lines))


def _body(blocks: tuple[Block, ...], controls: Controls) -> Iterator[Element]:
    """The paragraphs; the last keeps with the signature, which never stands on a page alone."""
    for block in blocks[:-1]:
        yield _block(block, controls)
    for block in blocks[-1:]:
        yield _block(block, controls, w("keepNext"))


def _block(block: Block, controls: Controls, *properties: Element) -> Element:
    """A paragraph; a run-in heading without a number is set off, one with 1. is not, as 三级标题."""
    style = f"Level{block.level}" if block.level else "Body"
    lead, rest = block.spans[: block.lead], block.spans[block.lead :]
    set_off = [] if "".join(lead)[:1].isdigit() else [w("rStyle", val="Lead")]
    return paragraph(style, [*controls.runs(lead, *set_off), *controls.runs(rest)], *properties)


def _attachments(names: tuple[str, ...]) -> Iterator[Element]:
    """附件： two characters in; a name that takes more lines goes on under its own first character."""
    if not names:
        return
    yield _blank(w("keepNext"))
    for number, name in enumerate(names, 1):
        label = "附件：" if number == 1 else ""
        label += f"{number}." if len(names) > 1 else ""
        start = 2 if number == 1 else 5
        inset = indent(left=start + ems(label), hanging=ems(label))
        yield paragraph("Attachment", [run(label + name)], w("keepNext"), inset)


def _signature(bulletin: Bulletin) -> list[Element]:
    date = bulletin.date_text
    left, dated = signature_insets(bulletin.signatory, date, CHARACTERS)
    signed = [paragraph("Signatory", [run(line)], indent(left=left)) for line in bulletin.signatory]
    return [_blank(w("keepNext")), *signed, paragraph("Date", [run(date)], indent(left=dated))]


def _running(bulletin: Bulletin) -> Iterator[Part]:
    """Footers of odd and even pages; headers too where figures are made up."""
    note = f"非涉密　版本：{opened_release(bulletin.selection.release_id).label}"
    for pages in ("default", "even"):
        yield Part("footer", official.footer(pages == "even", note), pages)
        if bulletin.synthetic:
            yield Part("header", demo_header(pages), pages)
