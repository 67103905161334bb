"""简报: one page that says what 总览 says, in Word and as a PDF, and says what it leaves out."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader

from lib.documents.brief import design
from lib.documents.brief.compose import NOTHING, brief
from lib.documents.brief.fit import fitted, height
from lib.documents.brief.parts import Part
from lib.documents.brief.pdf import brief_pdf
from lib.documents.brief.word import brief_docx
from lib.insight.overview import overview
from lib.queries.references import tagged_facts
from lib.selection import Selection
from tests.documents.word.opened import W, controls, part, styles, text_of, value
from tests.documents.word.selections import REAL, SELECTIONS

EMPTY = Selection("R0001", "2023H1")


def squeezed(text: str) -> str:
    return "".join(text.split())


def word_text(content: bytes) -> str:
    """All a reader sees of the Word file, without blanks."""
    parts = ("word/document.xml", "word/footer-default.xml")
    return squeezed("".join(text_of(part(content, name)) for name in parts))


def pdf_text(content: bytes) -> str:
    """All a reader can copy from the PDF, without blanks; it must be one page."""
    (page,) = PdfReader(io.BytesIO(content)).pages
    return squeezed(page.extract_text())


def test_the_brief_says_what_the_page_says() -> None:
    view, made = overview(REAL), brief(REAL)
    points, ranks, found = made.parts
    assert made.title == "2022年上半年政务服务工作简报"
    assert made.cards == view.cards
    assert points.rows == tuple((sentence.text,) for sentence in view.sentences)
    assert ("即办件占比", "溧阳市 91.3%", "新北区 21.7%；经开区 30.6%") in ranks.rows
    assert found.rows[0] == (
        "便利站提升数：分区合计",
        "不一致",
        "200个",
        "201个",
        "市政务办与各辖市（区）",
    )
    assert len(found.rows) == len(view.unresolved)


@pytest.mark.parametrize("name", SELECTIONS)
def test_word_and_pdf_hold_the_whole_brief(name: str) -> None:
    made = brief(SELECTIONS[name])
    said = [
        made.title, *made.about, made.footer,
        *(text for c in made.cards for text in (c.title, c.scope, f"{c.value}{c.unit}", str(c.light), *c.lines)),
        *(cell for p in made.parts for row in p.rows for cell in row),
        *(text for p in made.parts for text in (p.title, p.completeness, p.note)),
    ]  # fmt: skip
    for text in (word_text(brief_docx(SELECTIONS[name])), pdf_text(brief_pdf(SELECTIONS[name]))):
        assert [line for line in said if squeezed(line) not in text] == []


def test_it_states_scope_release_dates_and_secrecy() -> None:
    made = brief(Selection("R0001", "2022H1", ("xinbei",), ("education",)))
    assert made.about[0] == "范围：新北区，市教育局"
    assert re.fullmatch(r"版本：R0001 · .+　数据时点：2022-06-30至2022-08-08", made.about[1])
    assert made.footer.startswith("非涉密　版本：R0001")


def test_a_long_filter_is_shortened_and_says_so() -> None:
    (scope, _) = brief(SELECTIONS["long"]).about
    assert scope.endswith("等部门（共35个，列6个）")


def test_what_fits_is_in_full_and_what_does_not_is_counted() -> None:
    made = brief(REAL)
    assert [p.completeness for p in made.parts] == [
        "共8条，已全部列出", "共7项，已全部列出", "共6条，已全部列出",
    ]  # fmt: skip
    points, ranks, found = made.parts
    many = replace(found, rows=found.rows * 9, total=54)
    cut = fitted(replace(made, parts=(points, ranks, many)))
    assert height(cut) <= design.HEIGHT < height(replace(made, parts=(points, ranks, many)))
    assert cut.parts[0].rows == points.rows
    assert cut.parts[2].rows == many.rows[: len(cut.parts[2].rows)]
    assert cut.parts[2].completeness == f"共54条，列{len(cut.parts[2].rows)}条"


def test_however_much_there_is_to_say_it_fits() -> None:
    made = brief(REAL)
    long = tuple(
        Part(p.title, p.unit, p.columns, p.rows * 40, len(p.rows) * 40, p.note * 3)
        for p in made.parts
    )
    cut = fitted(replace(made, parts=long, about=(made.about[0] * 20, made.about[1])))
    assert height(cut) <= design.HEIGHT
    assert [len(p.rows) for p in cut.parts] != [0, 0, 0]


def test_lights_are_told_by_colour_shape_and_word() -> None:
    document = part(brief_docx(REAL), "word/document.xml")
    coloured = {
        text_of(run).strip(): value(run, "rPr/color")
        for run in document.iter(f"{W}r")
        if value(run, "rPr/color")
    }
    assert coloured["▲ 超前"] == "0B5CAB"
    assert coloured["■ 不达标"] == "B3261E"
    assert coloured["○ 未定期限"] == coloured["○ 无目标"] == "56616F"


def test_headline_figures_are_in_controls_that_lead_to_their_facts() -> None:
    found = {text: tagged_facts(tag) for tag, text, _ in controls(brief_docx(REAL))}
    for card in overview(REAL).cards:
        (fact,) = found[card.value]
        assert (fact.metric, fact.value_text) == (card.metric, card.value)


def test_every_style_names_a_chinese_font_and_a_fixed_height() -> None:
    for name, style in styles(brief_docx(REAL)).items():
        assert style.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") in (
            "方正小标宋简体", "黑体", "仿宋_GB2312",
        ), name  # fmt: skip
        if name != "Normal":
            assert value(style, "pPr/spacing", "lineRule") == "exact", name


def test_another_reader_opens_it() -> None:
    document = Document(io.BytesIO(brief_docx(REAL)))
    assert document.paragraphs[0].text == "2022年上半年政务服务工作简报"
    assert len(document.tables) == 3
    assert document.core_properties.author == "通报台"


def test_the_same_release_is_the_same_bytes() -> None:
    assert brief_docx(REAL) == brief_docx(replace(REAL))
    assert brief_pdf(REAL) == brief_pdf(replace(REAL))


def test_the_pdf_is_a4_dated_by_its_release_and_says_which_fonts_stand_in() -> None:
    document = PdfReader(io.BytesIO(brief_pdf(REAL)))
    box = document.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    assert document.metadata.title == "2022年上半年政务服务工作简报"
    assert document.metadata.author is None
    fonts = {f["/BaseFont"].split("+")[1] for f in fonts_of(document)}
    replaced = "本机缺字体" in document.pages[0].extract_text()
    assert replaced == any("Noto" in name for name in fonts)


def fonts_of(document: PdfReader) -> list[dict]:
    found = document.pages[0]["/Resources"]["/Font"]
    return [font.get_object() for font in found.values()]


def test_a_period_without_figures_says_so_on_one_page() -> None:
    made = brief(EMPTY)
    assert (made.cards, made.notice) == ((), NOTHING)
    assert NOTHING in word_text(brief_docx(EMPTY))
    assert NOTHING in pdf_text(brief_pdf(EMPTY))


@pytest.mark.parametrize("name", ["brief-made-up.pdf", "brief-made-up-filtered.pdf"])
def test_made_up_figures_are_marked(made_up: Mapping[str, bytes], name: str) -> None:
    text = pdf_text(made_up[name])
    assert text.count("演示数据") >= 3
    assert "2022年下半年政务服务工作简报（演示数据）" in text
    assert "演示数据：编造的数字，只用于演示，不得引用" in text
    assert "演示数据" not in pdf_text(brief_pdf(REAL))
