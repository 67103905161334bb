"""The bulletin as a file: its figures lead back, it says what it is, and it is the same every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document

from lib.bulletin.annex import sources
from lib.bulletin.compose import bulletin
from lib.bulletin.parts import Block
from lib.documents.bulletin import bulletin_docx
from lib.insight.cells import Figure
from lib.queries.facts import fact_book
from lib.queries.references import tagged_facts
from lib.selection import Selection
from tests.documents.bulletins import made_bulletin, synthetic_bulletin
from tests.documents.opened import W, controls, paragraphs, part, text_of, value

HERE = Selection("R0001", "2022H1")
# The schema's order of what we use; a word processor may refuse a file that has another.
ORDERS = {
    "pPr": "pStyle keepNext pageBreakBefore widowControl pBdr overflowPunct autoSpaceDE autoSpaceDN "
    "snapToGrid spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts color spacing sz szCs highlight lang",
    "sdtPr": "alias tag id text",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW vAlign",
    "sectPr": "headerReference footerReference pgSz pgMar docGrid",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl noLineBreaksBefore "
    "compat themeFontLang",
    "style": "name basedOn qFormat pPr rPr tblPr",
}  # fmt: skip


@pytest.fixture(scope="module")
def content(data_folder) -> bytes:
    return bulletin_docx(made_bulletin(HERE))


def test_every_figure_is_in_a_control_that_leads_to_its_facts(content: bytes) -> None:
    made = made_bulletin(HERE)
    appended = (*made.appendices, sources(made))
    cells = [cell for appendix in appended for row in appendix.table.rows for cell in row]
    figures = [
        span
        for span in (*(s for block in made.blocks for s in block.spans), *cells)
        if isinstance(span, Figure)
    ]
    found = [(tagged_facts(tag), text) for tag, text, _ in controls(content)]
    assert found == [(figure.facts, str(figure)) for figure in figures]
    assert {fact for facts, _ in found for fact in facts} == set(fact_book("R0001", "2022H1"))


def test_ids_never_repeat_in_a_file_and_always_in_the_next(content: bytes) -> None:
    ids = [id for _, _, id in controls(content)]
    assert len(set(ids)) == len(ids)
    assert min(ids) > 0
    assert [id for _, _, id in controls(bulletin_docx(made_bulletin(HERE)))] == ids


def test_word_allows_every_tag_and_name_of_a_control(content: bytes) -> None:
    properties = list(part(content, "word/document.xml").iter(f"{W}sdtPr"))
    said = [value(p, name) or "" for p in properties for name in ("tag", "alias")]
    assert max(map(len, said)) <= 64
    assert "网办预警件数｜市教育局" in said
    assert any(text.endswith("等16项") for text in said)


def test_a_gap_is_highlighted_and_no_control(content: bytes) -> None:
    document = part(content, "word/document.xml")
    marked = [run for run in document.iter(f"{W}r") if value(run, "rPr/highlight") == "yellow"]
    assert [text_of(run) for run in marked] == ["〔缺：不见面办理率，溧阳市〕"]
    assert marked[0].getparent().tag == f"{W}p"


def test_a_run_in_heading_has_its_style(content: bytes) -> None:
    runs = part(content, "word/document.xml").iter(f"{W}r")
    assert [text_of(run) for run in runs if value(run, "rPr/rStyle") == "Lead"] == ["溧阳市："]


def test_tables_repeat_their_head_keep_rows_whole_and_fill_the_text_width(content: bytes) -> None:
    tables = list(part(content, "word/document.xml").iter(f"{W}tbl"))
    assert len(tables) == 3
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            True, *[False] * (len(rows) - 1),
        ]  # fmt: skip
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(grid) == pytest.approx(156 / 25.4 * 1440, abs=5)
        for row in rows:
            assert [int(cell.get(f"{W}w")) for cell in row.iter(f"{W}tcW")] == grid


def test_appendices_are_announced_ones_then_tables_then_sources_each_in_full(
    content: bytes,
) -> None:
    said = [
        text for style, text in paragraphs(content) if style in ("附件序号", "附表标题", "表格说明")
    ]
    facts = len(fact_book("R0001", "2022H1"))
    assert said[:-1] == [
        "附件1", "共16行，已全部列出。", "附表1　预警件数", "共16行，已全部列出。件，累计。", "附表2　数据来源",
    ]  # fmt: skip
    assert said[-1].startswith(f"共{facts}行，已全部列出。文件的SHA-256：")
    document = part(content, "word/document.xml")
    breaks = [p for p in document.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert [text_of(p) for p in breaks] == ["附件1", "附表1　预警件数", "附表2　数据来源"]


def test_the_composed_bulletin_is_in_the_file_word_for_word(whole_city: Selection) -> None:
    made = bulletin(whole_city)
    found = paragraphs(bulletin_docx(made))
    names = {0: "公文正文", 1: "一级标题", 2: "二级标题", 3: "三级标题"}
    body = [(names[block.level], block.text) for block in made.blocks]
    assert found[0] == ("公文标题", made.title)
    assert [pair for pair in found if pair[0] in names.values()] == body
    figures = [s for block in made.blocks for s in block.spans if isinstance(s, Figure)]
    controlled = controls(bulletin_docx(made))
    assert [text for _, text, _ in controlled[: len(figures)]] == figures
    assert all(tagged_facts(tag) for tag, _, _ in controlled)


def test_the_same_bulletin_is_the_same_bytes(content: bytes) -> None:
    assert bulletin_docx(made_bulletin(HERE)) == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_reader_opens_it_and_it_names_no_person(content: bytes) -> None:
    document = Document(io.BytesIO(content))
    properties = document.core_properties
    assert properties.title == "2022年上半年政务服务工作推进情况通报"
    assert properties.author == "通报台"
    assert properties.last_modified_by == ""
    assert properties.created.date() == properties.modified.date() == made_bulletin(HERE).date
    assert document.paragraphs[0].style.name == "公文标题"
    assert document.tables[0].cell(1, 0).text == "市教育局"


def test_elements_stand_in_the_order_of_the_schema(content: bytes) -> None:
    names = ("document", "styles", "settings", "footer-default", "header-default")
    red = bulletin_docx(synthetic_bulletin(HERE), red_head=True)
    for root in (*(part(red, f"word/{n}.xml") for n in names), part(content, "word/document.xml")):
        for node in (root, *root.iter()):
            order = ORDERS.get(str(node.tag).removeprefix(W), "").split()
            if order:
                places = [order.index(child.tag.removeprefix(W)) for child in node]
                assert places == sorted(places), node.tag


def test_made_up_figures_are_marked_on_every_page_and_in_the_title(content: bytes) -> None:
    made = bulletin_docx(synthetic_bulletin(HERE))
    assert paragraphs(made)[0] == ("公文标题", "2022年上半年政务服务工作推进情况通报（演示数据）")
    for kind in ("default", "even"):
        header = part(made, f"word/header-{kind}.xml")
        assert text_of(header) == "演示数据：编造的数字，只用于演示，不得引用"
        marks = header.iter("{urn:schemas-microsoft-com:vml}textpath")
        assert [mark.get("string") for mark in marks if mark.get("string")] == ["演示数据"]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert [name for name in file.namelist() if "header" in name] == []


def test_characters_that_xml_cannot_hold_do_not_break_the_file() -> None:
    made = replace(made_bulletin(HERE), blocks=(Block(("甲\x00\x0b乙 <&> ]]>\ufffe",)),))
    content = bulletin_docx(made)
    assert ("公文正文", "甲乙 <&> ]]>") in paragraphs(content)
    assert Document(io.BytesIO(content)).paragraphs[3].text == "甲乙 <&> ]]>"
