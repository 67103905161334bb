"""A text draft as a plain Word document: the fonts of an official document, a paragraph a line."""

from __future__ import annotations

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from lib.proofread.draft import Draft, Paragraph

_TITLE, _HEADING, _BODY = ("方正小标宋简体", 22.0), ("黑体", 16.0), ("仿宋_GB2312", 16.0)
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # mm, as GB/T 9704 has them
_LINE = Pt(28.95)  # 22 lines a page


def plain_document(draft: Draft) -> DocumentType:
    """The draft's paragraphs on A4. The text of each stays as it is, spaces too."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    for paragraph in draft.paragraphs:
        _add(document, paragraph)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(footer, "由通报台校对｜非涉密", _BODY[0], 9)
    return document


def _add(document: DocumentType, paragraph: Paragraph) -> None:
    title = paragraph.heading and paragraph.number == 1
    made = document.add_paragraph()
    layout = made.paragraph_format
    layout.space_after, layout.line_spacing = Pt(0), _LINE
    if title:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif not paragraph.text[0].isspace():
        layout.first_line_indent = Pt(32)  # two characters, where the text does not bring its own
    _write(made, paragraph.text, *(_TITLE if title else _HEADING if paragraph.heading else _BODY))


def _write(paragraph: WordParagraph, text: str, family: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = family, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)
