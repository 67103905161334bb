"""The .pptx: every planned slide on its layout, with a foot, speaker notes and nothing left empty."""

from __future__ import annotations

import io
from itertools import count

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as PresentationType
from pptx.slide import Slide as NativeSlide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Pt

from lib.catalog.demo import DEMO_MARK
from lib.charts.palette import LIGHT
from lib.documents.repeatable import repeatable
from lib.documents.slides.layouts import (
    CARD_IDX,
    CONTENT,
    FOOT_IDX,
    LAYOUTS,
    NUMBER_IDX,
    READ,
    SMALLEST,
    WIDTH,
    layout_named,
    presentation,
    shape_xml,
)
from lib.documents.slides.native import put_chart, put_table
from lib.documents.slides.plan import Slide, slides
from lib.documents.stamp import Stamp, stamp
from lib.insight.cards import Card
from lib.selection import Selection

# Tones of lights as text on white.
_TONES = {
    "blue": LIGHT.primary, "green": "#1B7F3B", "orange": "#9A5B00", "red": LIGHT.overdue,
    "gray": LIGHT.faint,
}  # fmt: skip
_REMARK, _FIGURE = 18, 40


def slides_pptx(selection: Selection) -> bytes:
    """会议材料 for a selection: 16:9, native charts, sources in the speaker notes.

    The same selection always gives the same bytes. Raises UnknownReleaseError.
    """
    own = stamp(selection)
    deck = presentation()
    planned = slides(selection, own)
    for slide in planned:
        _add(deck, slide, own, len(planned))
    _speak_chinese(deck)
    out = io.BytesIO()
    deck.save(out)
    return repeatable(out.getvalue(), own.title, own.release.created_at)


def _add(deck: PresentationType, planned: Slide, own: Stamp, whole: int) -> None:
    slide = deck.slides.add_slide(layout_named(deck, planned.layout))
    _title(slide, planned)
    _content(slide, planned)
    for spare in [p for p in slide.placeholders if p.has_text_frame and not p.text_frame.text]:
        spare._element.getparent().remove(spare._element)
    _foot(slide, planned, own, whole)
    if own.warning:
        _mark_made_up(slide)
    notes = slide.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "\n".join((*planned.notes, own.foot, *filter(None, (own.warning,))))


def _title(slide: NativeSlide, planned: Slide) -> None:
    title = slide.shapes.title
    assert title is not None
    paragraph = title.text_frame.paragraphs[0]
    say(paragraph, planned.title)
    if planned.remark:
        say(paragraph, f"　{planned.remark}", _REMARK, LIGHT.faint, bold=False)


def _content(slide: NativeSlide, planned: Slide) -> None:
    places = {place.placeholder_format.idx: place for place in slide.placeholders}
    if planned.reading:
        say(places[READ].text_frame.paragraphs[0], planned.reading, _reading_size(planned.reading))
    if planned.chart is not None:
        put_chart(places[CONTENT], planned.chart, f"{planned.title}：{planned.reading}")
    elif planned.part is not None:
        put_table(places[CONTENT], planned.part, f"{planned.title}：{planned.reading}")
    elif planned.lines:
        _lines(places[CONTENT].text_frame, planned)
    for idx, card in zip(CARD_IDX, planned.cards, strict=False):
        _card(places[idx].text_frame, card)


def _reading_size(text: str) -> int:
    """The type of the sentence under a title: smaller where it is long."""
    return 20 if len(text) <= 84 else SMALLEST


def _lines(frame: TextFrame, planned: Slide) -> None:
    for n, text in enumerate(planned.lines):
        paragraph = frame.paragraphs[0] if not n else frame.add_paragraph()
        paragraph.space_after = Pt(planned.size / 2)
        say(paragraph, text, None if planned.layout == "封面" else planned.size)
        if planned.first:
            _number(paragraph, planned.first, planned.size)


def _number(paragraph: _Paragraph, first: int, size: int) -> None:
    """Number a paragraph; the program that shows it counts on from `first`."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(Pt(size * 2)))
    properties.set("indent", str(-Pt(size * 2)))
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    bullet = f'<a:buAutoNum xmlns:a="{space}" type="arabicPeriod" startAt="{first}"/>'
    properties.append(parse_xml(bullet))


def _card(frame: TextFrame, card: Card) -> None:
    """A headline figure: name and scope, figure with its light, lines of detail."""
    head = frame.paragraphs[0]
    say(head, card.title, 20, bold=True)
    say(head, f"　{card.scope}", SMALLEST, LIGHT.faint)
    value = frame.add_paragraph()
    say(value, card.value, _FIGURE, LIGHT.primary, bold=True)
    say(value, f"{card.unit}　", 20)
    say(value, str(card.light), 20, _TONES[card.light.tone], bold=True)
    for text in card.lines:
        say(frame.add_paragraph(), text, SMALLEST)


def _foot(slide: NativeSlide, planned: Slide, own: Stamp, whole: int) -> None:
    """Release, dates and secrecy, and which page of how many this is."""
    foot = "｜".join(filter(None, (own.warning and f"{DEMO_MARK}，不得引用", own.foot)))
    texts = {FOOT_IDX: foot, NUMBER_IDX: f" / {whole}"}
    ids = count(max(int(id) for id in slide.shapes._spTree.xpath(".//p:cNvPr/@id")) + 1)
    for slot in LAYOUTS[planned.layout]:
        if slot.idx in texts:
            made = parse_xml(shape_xml(slot, next(ids), texts[slot.idx], placed=False))
            slide.shapes._spTree.append(made)


def _mark_made_up(slide: NativeSlide) -> None:
    """The word that marks made-up figures, large, in the corner."""
    box = slide.shapes.add_textbox(Pt(WIDTH - 190), Pt(6), Pt(154), Pt(30))
    box.name = "演示数据标记"
    box.fill.solid()
    box.fill.fore_color.rgb = RGBColor.from_string("FFFFFF")
    box.line.color.rgb = RGBColor.from_string(LIGHT.overdue.lstrip("#"))
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    say(paragraph, DEMO_MARK, 20, LIGHT.overdue, bold=True)


def say(
    paragraph: _Paragraph,
    text: str,
    size: int | None = None,
    color: str = "",
    bold: bool | None = None,
) -> None:
    """Add words to a paragraph; what is not given follows the layout."""
    run = paragraph.add_run()
    run.text = text
    run._r.get_or_add_rPr().set("lang", "zh-CN")
    if size is not None:
        run.font.size = Pt(size)
    if color:
        run.font.color.rgb = RGBColor.from_string(color.lstrip("#"))
    if bold is not None:
        run.font.bold = bold


def _speak_chinese(deck: PresentationType) -> None:
    """Put Chinese prompts where the library's notes pages have English ones."""
    words = iter(("单击编辑备注", "第二级", "第三级", "第四级", "第五级"))
    for text in deck.notes_master._element.iter("{*}t"):
        if (text.text or "").isascii() and any(map(str.isalpha, text.text or "")):
            text.text = next(words)
