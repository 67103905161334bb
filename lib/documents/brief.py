"""简报: 总览 as an editable Word document of a page or two."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from lib.catalog.periods import parse_period
from lib.insight.overview import Overview
from lib.store.release import Release

_TITLE, _HEADING, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"


def _font(run: Run, family: str, size: float, bold: bool = False) -> Run:
    run.font.name, run.font.size, run.font.bold = family, Pt(size), bold
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), family)
    fonts.set(qn("w:hAnsi"), family)
    return run


def _paragraph(
    document: DocumentType, text: str, family: str, size: float, indent: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_after = layout.space_before = Pt(0)
    layout.line_spacing = Pt(size * 1.6)
    if indent:
        layout.first_line_indent = Pt(size * 2)
    _font(paragraph.add_run(text), family, size)
    return paragraph


def _table(
    document: DocumentType,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    """A grid with column `widths` in mm, its header repeated on every page, its length stated."""
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    repeated = table.rows[0]._tr.get_or_add_trPr()
    repeated.append(OxmlElement("w:tblHeader"))
    for _ in rows:
        table.add_row()
    for line, cells in zip(table.rows, (header, *rows), strict=True):
        family = _HEADING if cells is header else _BODY
        for cell, text, width in zip(line.cells, cells, widths, strict=True):
            cell.width = Mm(width)
            _font(cell.paragraphs[0].add_run(text), family, 10.5)
    _paragraph(document, f"共{len(rows)}行，已全部列出。", _BODY, 9)


def _heading(document: DocumentType, text: str) -> None:
    paragraph = _paragraph(document, text, _HEADING, 14)
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.keep_with_next = True


def brief_docx(view: Overview, release: Release) -> bytes:
    """The .docx of an overview: figures, sentences, rankings and what does not add up.

    A4; the fonts are named, not embedded. States scope, release and dates.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.left_margin, section.right_margin = Mm(26), Mm(24)
    period = parse_period(view.selection.period)
    label = period.label if period else view.selection.period
    title = _paragraph(document, f"{label}政务服务工作简报", _TITLE, 20)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    dates = f"数据时点{view.dates[0]}至{view.dates[1]}" if view.dates else "本期没有数据"
    scope = _paragraph(
        document, f"范围：{view.selection.scope}　版本：{release.label}　{dates}", _BODY, 10.5
    )
    scope.alignment = WD_ALIGN_PARAGRAPH.CENTER

    _heading(document, "一、主要数据")
    _table(
        document,
        ("指标", "数值", "范围", "状态", "说明"),
        [
            (c.title, f"{c.value}{c.unit}", c.scope, str(c.light), "；".join(c.lines))
            for c in view.cards
        ],
        (34, 20, 20, 22, 64),
    )
    _heading(document, "二、要点")
    for sentence in view.sentences:
        _paragraph(document, sentence.text, _BODY, 12, indent=True)
    _heading(document, "三、地区和部门先后")
    _table(
        document,
        ("指标", "领先", "落后"),
        [
            (r.name, r.best_text, r.worst_text)
            for r in (*view.district_ranks, *view.department_ranks)
        ],
        (44, 52, 64),
    )
    _heading(document, "四、待核对的数")
    _table(
        document,
        ("事项", "结论", "所称", "计算", "算式"),
        [(f.name, f.status, f.stated, f.computed, f.arithmetic) for f in view.unresolved],
        (40, 20, 18, 24, 58),
    )
    note = "由通报台按所列版本生成。标“计算”的数由系统算出，其余按原文；“—”为没有报送，不等于零。"
    _paragraph(document, note, _BODY, 9)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(footer.add_run("非涉密"), _BODY, 9)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
