"""Made-up figures, and a period of which little was reported, in every document."""

from __future__ import annotations

import io

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from lib.documents.register import EXPORTS
from lib.documents.slides.deck import slides_pptx
from lib.documents.webpage.page import summary_html
from lib.documents.workbook.book import workbook_xlsx
from lib.insight.overview import overview
from lib.selection import Selection
from lib.store.release import Release
from tests.documents.conftest import Office
from tests.documents.test_slides import named, title, words
from tests.documents.test_webpage import texts

PERIODS = ["2022H2", "2021H2"]
each = pytest.mark.parametrize("period", PERIODS)
WARNING = "演示数据：编造的数字，只用于演示，不得引用"


@each
def test_every_slide_is_marked(made_up: Release, period: str) -> None:
    deck = Presentation(io.BytesIO(slides_pptx(Selection(made_up.id, period))))
    for slide in deck.slides:
        said = words(slide)
        assert "演示数据" in said
        assert any(text.startswith("演示数据，不得引用｜版本") for text in said)
        assert WARNING in slide.notes_slide.notes_text_frame.text


@each
def test_every_sheet_is_marked(made_up: Release, period: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_xlsx(Selection(made_up.id, period))))
    for page in book:
        assert any(str(page.cell(row, 1).value).startswith(WARNING) for row in range(1, 4))
        assert page.oddHeader.right.text == WARNING


@each
def test_the_page_is_marked_and_watermarked(made_up: Release, period: str) -> None:
    said = texts(summary_html(Selection(made_up.id, period)))
    assert said.count("演示数据") == 9
    assert WARNING in said
    assert "演示数据，不得引用" in said


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.id)
def test_the_file_names_say_so_too(made_up: Release, export) -> None:
    at = Selection(made_up.id, "2022H2")
    assert export.file_name(at).startswith(f"演示数据-{export.label}-2022H2")
    assert not export.file_name(Selection(made_up.id, "2022H1")).startswith("演示数据")


def test_real_figures_beside_them_are_not_marked(made_up: Release) -> None:
    at = Selection(made_up.id, "2022H1")
    for slide in Presentation(io.BytesIO(slides_pptx(at))).slides:
        assert "演示数据" not in words(slide)
    assert WARNING not in texts(summary_html(at))


def test_sites_go_by_the_names_in_force(made_up: Release) -> None:
    deck = Presentation(io.BytesIO(slides_pptx(Selection(made_up.id, "2022H2"))))
    (slide,) = named(deck, "服务阵地提升范围")
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert [s.name for s in chart.plots[0].series][1:] == [
        "便民服务中心",
        "便民服务站",
        "便民服务点",
    ]


def test_a_period_of_warnings_alone_shows_them_and_names_what_is_missing(
    made_up: Release, office: Office
) -> None:
    at = Selection(made_up.id, "2021H2")
    content = slides_pptx(at)
    deck = Presentation(io.BytesIO(content))
    titles = [title(slide) for slide in deck.slides]
    assert named(deck, "网办预警与超期")
    assert not [t for t in titles if t.startswith(("服务阵地", "权力事项", "部门落后"))]
    last = " ".join(text for slide in named(deck, "口径和来源") for text in words(slide))
    assert "没有报送、因此没有出页的：服务阵地提升范围" in last
    assert len(PdfReader(office.converted(content, "pptx", "pdf")).pages) == len(titles)


@pytest.mark.parametrize("period", ["2022H2", "2021H2", "2020H1"])
def test_workbooks_hold_up_where_little_or_nothing_was_reported(
    made_up: Release, period: str, office: Office
) -> None:
    content = workbook_xlsx(Selection(made_up.id, period))
    again = openpyxl.load_workbook(office.converted(content, "xlsx", "xlsx"), data_only=True)
    kept = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    written = openpyxl.load_workbook(io.BytesIO(content))
    cells = [c for page in written for row in page.iter_rows() for c in row if c.data_type == "f"]
    values = [
        (kept[c.parent.title][c.coordinate].value, again[c.parent.title][c.coordinate].value)
        for c in cells
    ]
    assert [pair for pair in values if pair[0] != pytest.approx(pair[1], abs=1e-6)] == []


def test_a_period_without_any_figure_is_said_to_be_empty(made_up: Release) -> None:
    at = Selection(made_up.id, "2020H1")
    assert overview(at).cards == ()
    deck = Presentation(io.BytesIO(slides_pptx(at)))
    titles = dict.fromkeys(title(slide).partition("（")[0] for slide in deck.slides)
    assert list(titles) == ["2020年上半年政务服务情况", "口径和来源"]
    assert any("本期没有报送数据" in text for text in texts(summary_html(at)))
