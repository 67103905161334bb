from __future__ import annotations

import io
import re

from docx import Document

from lib.documents.brief import brief_docx
from lib.insight.overview import overview
from lib.queries.release import opened_release
from lib.selection import Selection


def opened(selection: Selection) -> tuple[str, list[list[str]]]:
    """The document's paragraphs as one text, and all table rows."""
    content = brief_docx(overview(selection), opened_release(selection.release_id))
    document = Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    footer = document.sections[0].footer.paragraphs[0].text
    return "\n".join([*(p.text for p in document.paragraphs), footer]), rows


def test_the_brief_says_what_the_page_says(whole_city: Selection) -> None:
    text, rows = opened(whole_city)
    view = overview(whole_city)
    assert text.startswith("2022年上半年政务服务工作简报")
    assert all(sentence.text in text for sentence in view.sentences)
    figures = [(row[0], row[1]) for row in rows]
    assert all((card.title, f"{card.value}{card.unit}") in figures for card in view.cards)
    assert ["便利站提升数：分区合计", "不一致", "200个", "201个"] in [row[:4] for row in rows]


def test_the_brief_states_scope_release_completeness_and_secrecy() -> None:
    text, rows = opened(Selection("R0001", "2022H1", ("xinbei",), ("education",)))
    assert "范围：新北区，市教育局" in text
    assert "版本：R0001" in text
    assert text.count("已全部列出") == 3
    assert text.endswith("非涉密")
    assert ["“畅通办”专员培育", "—", "新北区"] in [row[:3] for row in rows]


def test_every_run_names_a_chinese_font(whole_city: Selection) -> None:
    content = brief_docx(overview(whole_city), opened_release("R0001"))
    document = Document(io.BytesIO(content))
    fonts = set(re.findall(r'w:eastAsia="([^"]+)"', document.element.xml))
    assert fonts == {"方正小标宋简体", "黑体", "仿宋_GB2312"}
