"""会议材料, opened again: slides, native charts, tables, notes."""

from __future__ import annotations

import io
import zipfile
from itertools import chain

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as PresentationType
from pptx.slide import Slide
from pypdf import PdfReader

from lib.documents.slides.bars import Chart, chart_of
from lib.documents.slides.deck import slides_pptx
from lib.documents.slides.native import number_format
from lib.insight.overview import overview
from lib.selection import Selection
from lib.views.register import VIEW_BY_ID, VIEWS
from tests.documents.conftest import Office

DISTRICT = Selection("R0001", "2022H1", ("xinbei",))
DEPARTMENT = Selection("R0001", "2022H1", (), ("education",))
SILENT = Selection("R0001", "2022H1", (), ("justice",))
SCOPES = [Selection("R0001", "2022H1"), DISTRICT, DEPARTMENT, SILENT]
NAMES = ["city", "district", "department", "silent"]
scopes = pytest.mark.parametrize("at", SCOPES, ids=NAMES)
# LibreOffice takes its time: the outermost two always, those between by `make soak`.
scopes_for_office = pytest.mark.parametrize(
    "at",
    [SCOPES[0], *(pytest.param(at, marks=pytest.mark.soak) for at in SCOPES[1:-1]), SCOPES[-1]],
    ids=NAMES,
)


def opened(at: Selection) -> PresentationType:
    return Presentation(io.BytesIO(slides_pptx(at)))


def title(slide: Slide) -> str:
    return slide.shapes.title.text_frame.text


def named(deck: PresentationType, start: str) -> list[Slide]:
    return [slide for slide in deck.slides if title(slide).startswith(start)]


def bars(slide: Slide) -> dict[str, list[tuple[str, float | None]]]:
    """A slide's chart: series > (category, value)."""
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    plot = chart.plots[0]
    return {s.name: list(zip(plot.categories, s.values, strict=True)) for s in plot.series}


def words(slide: Slide) -> list[str]:
    """Every text of a slide, in its frames and tables."""
    frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    return [*frames, *cells]


def rows(slides: list[Slide]) -> list[tuple[str, ...]]:
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    return [tuple(c.text for c in row.cells) for table in tables for row in list(table.rows)[1:]]


def test_the_slides_come_in_the_usual_order(whole_city: Selection) -> None:
    titles = [title(slide) for slide in opened(whole_city).slides]
    usual = [view.title for view in VIEWS if view.usual]
    known = [t.partition("　")[0].partition("（")[0] for t in titles]
    assert list(dict.fromkeys(known)) == [
        "2022年上半年政务服务情况", "主要数据", "要点", *usual, "各地区先后", "各部门先后",
        "待核对的数", "口径和来源",
    ]  # fmt: skip


@scopes
def test_nothing_is_left_empty_and_no_prompt_is_english(at: Selection) -> None:
    deck = opened(at)
    for slide in deck.slides:
        assert title(slide)
        frames = [p for p in slide.placeholders if p.has_text_frame]
        assert [p.name for p in frames if not p.text_frame.text.strip()] == []
        kinds = {p.placeholder_format.type for p in slide.placeholders}
        assert {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER} <= kinds
    parts = zipfile.ZipFile(io.BytesIO(slides_pptx(at)))
    texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    assert [text for text in texts if "Click to" in text or "level</a:t>" in text] == []


@scopes
def test_every_slide_says_its_release_dates_page_and_secrecy(at: Selection) -> None:
    slides = list(opened(at).slides)
    for slide in slides:
        said = " ".join(words(slide))
        assert "版本 R0001" in said
        assert "数据时点 2022-06-30 至 2022-08-08" in said
        assert "非涉密" in said
        assert f" / {len(slides)}" in said
        assert "演示数据" not in said


def test_charts_hold_the_figures_of_their_views(whole_city: Selection) -> None:
    deck = opened(whole_city)
    table = VIEW_BY_ID["centers"].make(whole_city).table
    levels = bars(named(deck, "服务阵地提升范围")[0])
    found = [
        (row[0] + f"　{row[5]}", *("—" if levels[n][i][1] is None else f"{levels[n][i][1]:g}" for n in table.columns[1:5]))
        for i, row in enumerate(table.rows)
    ]  # fmt: skip
    assert [(levels["政务服务便利站"][i][0], *row[1:]) for i, row in enumerate(found)] == [
        (f"{row[0]}　{row[5]}", *row[1:5]) for row in table.rows
    ]


def test_a_long_chart_goes_on_until_every_department_is_there(whole_city: Selection) -> None:
    slides = named(opened(whole_city), "网办预警与超期")
    table = VIEW_BY_ID["warnings"].make(whole_city).table
    drawn = [bars(slide) for slide in slides]
    shown = {kind: list(chain.from_iterable(one[kind] for one in drawn)) for kind in drawn[0]}
    expected = {
        kind: [(row[0], None if row[n] == "—" else float(row[n])) for row in table.rows]
        for n, kind in ((1, "预警"), (2, "超期"))
    }
    assert shown == expected
    said = [" ".join(words(slide)) for slide in slides]
    assert "共18行，本页第1至9行" in said[0]
    assert "共18行，本页第10至18行" in said[1]


def test_a_bound_is_a_hatched_range_and_never_an_exact_bar(whole_city: Selection) -> None:
    slide = named(opened(whole_city), "权力事项认领率")[0]
    drawn = bars(slide)
    assert drawn["确数"] == [
        ("溧阳市", 85.4), ("金坛区　—", None), ("武进区　—", None), ("新北区", None),
        ("天宁区", None), ("钟楼区", None), ("经开区", None),
    ]  # fmt: skip
    assert [value for _, value in drawn["界限范围"]] == [None, None, None, 70, 70, 70, 70]
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    series = next(s for s in chart.plots[0].series if s.name == "界限范围")
    xml = series._element.xml
    assert xml.count('prst="wdUpDiag"') == 5  # its key and four bars
    assert xml.count('formatCode="&quot;低于&quot;0&quot;%&quot;"') == 4


def test_a_lower_bound_begins_where_it_is_stated(whole_city: Selection) -> None:
    drawn = bars(named(opened(whole_city), "监管行为覆盖率")[0])
    below, ranges = dict(drawn["界限以下"]), dict(drawn["界限范围"])
    assert (below["市交通局"], ranges["市交通局"]) == (85, 15)
    assert (below["市财政局"], ranges["市财政局"]) == (None, 50)
    assert {"市委网信办　—", "市邮政管理局　—"} <= set(dict(drawn["确数"]))


def test_a_missing_district_has_no_bar() -> None:
    for view in ("staff", "power_claim_rate", "faceless_rate", "instant_rate"):
        chart = chart_of(VIEW_BY_ID[view].make(Selection("R0001", "2022H1")))
        assert isinstance(chart, Chart)
        silent = [n for n, name in enumerate(chart.categories) if name.endswith("—")]
        assert silent
        assert {one.bars[n] for one in chart.series for n in silent} == {None}


def test_tables_hold_every_row_and_say_so(whole_city: Selection) -> None:
    deck, view = opened(whole_city), overview(whole_city)
    listed = named(deck, "部门落后和问题名单")
    assert rows(listed) == list(VIEW_BY_ID["lagging"].make(whole_city).table.rows)
    assert all("共40行，已全部列出" in " ".join(words(slide)) for slide in listed[1:])
    assert "图示前10个，共40个" in " ".join(words(listed[0]))
    sums = [(f.name, f.status, f.stated, f.computed, f.arithmetic) for f in view.unresolved]
    assert rows(named(deck, "待核对的数")) == sums
    ends = [(r.name, r.best_text, r.worst_text) for r in view.district_ranks]
    assert rows(named(deck, "各地区先后")) == ends


@scopes
def test_headlines_and_sentences_are_those_of_the_overview(at: Selection) -> None:
    deck, view = opened(at), overview(at)
    cards = " ".join(chain.from_iterable(map(words, named(deck, "主要数据"))))
    assert all(f"{card.value}{card.unit}" in cards and card.scope in cards for card in view.cards)
    assert all(line in cards for card in view.cards for line in card.lines)
    points = "\n".join(chain.from_iterable(map(words, named(deck, "要点"))))
    assert [s.text for s in view.sentences if s.text not in points] == []


def test_what_was_not_reported_is_named_on_the_last_slide() -> None:
    deck = opened(SILENT)
    assert named(deck, "网办预警与超期") == []
    said = " ".join(chain.from_iterable(map(words, named(deck, "口径和来源"))))
    assert "没有报送、因此没有出页的：网办预警与超期、监管行为覆盖率。" in said


@scopes
def test_notes_say_what_it_means_and_where_it_came_from(at: Selection) -> None:
    for slide in opened(at).slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert "版本 R0001" in notes
        charted = [shape for shape in slide.shapes if shape.has_chart]
        if charted:
            assert "口径：" in notes
            assert ".csv 第" in notes
            assert (
                charted[0]
                ._element.nvGraphicFramePr.cNvPr.get("descr")
                .startswith(title(slide).partition("　")[0])
            )


def test_the_notes_name_metric_file_and_row(whole_city: Selection) -> None:
    (slide,) = named(opened(whole_city), "权力事项认领率")
    notes = slide.notes_slide.notes_text_frame.text
    assert "权力事项认领率（新北区）低于70% > indicators.csv 第" in notes
    last = named(opened(whole_city), "口径和来源")[-1].notes_slide.notes_text_frame.text
    assert last.count("SHA-256") == 6


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("85.40%", 85.4, '0.00"%"'), ("低于70%", 70, '"低于"0"%"'), ("31", 31, "0"),
        ("85%以上", 85, '0"%以上"'), ("2万余家", 20000, ""), ("第五", 5, ""), ("581", 580.82, ""),
    ],
)  # fmt: skip
def test_a_label_follows_an_edited_number_where_a_format_can_write_it(
    text: str, value: float, form: str
) -> None:
    assert number_format(text, value) == form


@scopes
def test_the_same_selection_gives_the_same_bytes_without_a_name_or_clock(at: Selection) -> None:
    content = slides_pptx(at)
    assert content == slides_pptx(at)
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = Presentation(io.BytesIO(content)).core_properties
    assert (core.author, core.last_modified_by, core.title) == (
        "通报台",
        "通报台",
        "2022年上半年政务服务情况",
    )
    books = [name for name in parts.namelist() if name.endswith(".xlsx")]
    assert all(
        openpyxl.load_workbook(io.BytesIO(parts.read(name))).active.max_row > 1 for name in books
    )


def test_type_is_large_enough_to_be_read_from_the_back(whole_city: Selection) -> None:
    parts = zipfile.ZipFile(io.BytesIO(slides_pptx(whole_city)))
    sizes = set()
    for name in parts.namelist():
        if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
            text = parts.read(name).decode()
            sizes |= {
                int(part.partition('"')[0]) for part in text.split('sz="')[1:] if part[0].isdigit()
            }
    assert {size for size in sizes if size < 1800} == {1200}  # the foot


@scopes_for_office
def test_libreoffice_shows_every_slide(at: Selection, office: Office) -> None:
    content = slides_pptx(at)
    pages = PdfReader(office.converted(content, "pptx", "pdf")).pages
    titles = [title(slide).partition("　")[0] for slide in Presentation(io.BytesIO(content)).slides]
    squeezed = ["".join(page.extract_text().split()) for page in pages]
    assert len(pages) == len(titles)
    first = [t.partition("（")[0].replace("“", "").replace("”", "") for t in titles]
    plain = [text.replace("“", "").replace("”", "") for text in squeezed]
    assert [t for t, text in zip(first, plain, strict=True) if t not in text] == []
