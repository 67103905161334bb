"""数据册, opened again: sheets, links, numbers, formulas."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lib.documents.workbook.book import sheets, workbook_xlsx
from lib.documents.workbook.cells import FIRST, Number
from lib.insight.overview import overview
from lib.queries.facts import Fact, fact_book
from lib.queries.rosters import roster_members
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.section import is_chosen
from tests.documents.conftest import Office

DISTRICT = Selection("R0001", "2022H1", ("xinbei",))
DEPARTMENT = Selection("R0001", "2022H1", (), ("education",))
SILENT = Selection("R0001", "2022H1", (), ("justice",))
SCOPES = [Selection("R0001", "2022H1"), DISTRICT, DEPARTMENT, SILENT]
scopes = pytest.mark.parametrize("at", SCOPES, ids=["city", "district", "department", "silent"])
# LibreOffice takes its time: the outermost two always, those between by `make soak`.
scopes_for_office = pytest.mark.parametrize(
    "at",
    [SCOPES[0], *(pytest.param(at, marks=pytest.mark.soak) for at in SCOPES[1:-1]), SCOPES[-1]],
    ids=["city", "district", "department", "silent"],
)
TOPICS = [
    "目录", "服务阵地", "畅通办专员", "网办预警", "政务服务体系", "一网通办", "主要指标", "互联网+监管",
    "苏企通与重点工作", "名单", "名单个数", "工作亮点", "核验", "口径",
]  # fmt: skip


def opened(at: Selection, *, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_xlsx(at)), data_only=values)


def lines(page: Worksheet) -> list[dict[str, object]]:
    """Every line under the header, by label, until the first empty one."""
    labels = [cell.value for cell in page[FIRST - 1]]
    found = []
    for row in page.iter_rows(min_row=FIRST, values_only=True):
        if not any(row):
            break
        found.append(dict(zip(labels, row, strict=True)))
    return found


def closing(page: Worksheet) -> list[tuple[object, ...]]:
    """The lines under 合计核对."""
    heads = [cell.row for cell in page["A"] if str(cell.value).startswith("合计核对")]
    return [
        row
        for row in page.iter_rows(min_row=heads[0] + 1, values_only=True)
        if row[0] and not str(row[0]).startswith("共")
    ]


def formulas(book: Workbook) -> list[Cell]:
    return [c for page in book for row in page.iter_rows() for c in row if c.data_type == "f"]


def test_there_is_a_sheet_a_topic_and_a_way_to_each_and_back(whole_city: Selection) -> None:
    book = opened(whole_city)
    assert book.sheetnames == TOPICS
    cells = [cell for row in book["目录"] for cell in row if cell.hyperlink]
    links = [cell.hyperlink.location.split("!")[0].strip("'") for cell in cells]
    assert links == TOPICS[1:]
    assert all(book[name]["A2"].value == "回到目录" for name in TOPICS[1:])


@scopes
def test_every_sheet_says_release_secrecy_and_that_it_is_whole(at: Selection) -> None:
    made = {sheet.name: sheet for sheet in sheets(at)}
    for page in opened(at):
        said = "\n".join(str(c.value) for row in page.iter_rows() for c in row if c.value)
        assert "版本 R0001" in said
        assert "非涉密" in said
        assert "已全部列出" in said
        assert "版本 R0001" in page.oddFooter.left.text
        assert page.oddHeader.right.text == "非涉密"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0  # as many pages long as it takes; one wide
        if page.title in made:
            assert f"共{len(made[page.title].rows)}行，已全部列出" in said
            assert page.freeze_panes == f"B{FIRST}"
            assert page.auto_filter.ref.startswith(f"A{FIRST - 1}:")


def stated(fact: Fact) -> tuple[str, str, float]:
    return (fact.source_file, f"{fact.source_row}", float(fact.value))


@scopes
def test_every_figure_of_the_places_in_view_is_there_as_a_number_with_its_row(
    at: Selection,
) -> None:
    found: set[tuple[str, str, float]] = set()
    for sheet in sheets(at):
        if "来源行" not in sheet.columns:
            continue
        at_file, at_row = (sheet.columns.index(name) for name in ("来源文件", "来源行"))
        for row in (*sheet.rows, *sheet.closing):
            numbers = [float(c.value) for c in row[:at_file] if isinstance(c, Number)]
            line = row[at_row].value if isinstance(row[at_row], Number) else row[at_row]
            found |= {(str(row[at_file]), f"{line}", number) for number in numbers}
    chosen = [
        stated(fact)
        for fact in fact_book(at.release_id, at.period)
        if is_chosen(fact.district, fact.department, at) and fact.dataset != "roster"
    ]
    assert chosen
    assert [one for one in chosen if one not in found] == []


def test_lists_and_highlights_are_whole(whole_city: Selection) -> None:
    book = opened(whole_city)
    members = roster_members("R0001", "2022H1").to_pylist()
    assert [row["名单中写作"] for row in lines(book["名单"])] == [
        row["member_text"] for row in members
    ]
    events = highlights("R0001", "2022H1").to_pylist()
    assert [row["事项"] for row in lines(book["工作亮点"])] == [row["item"] for row in events]
    counted = {row["名单"]: row for row in lines(book["名单个数"])}
    assert counted["苏企通事项拆解部门"]["列名与所称之差"] == -11
    assert counted["存在未认领权力事项的部门"]["列名个数"] == 22


def test_totals_are_formulas_held_against_what_was_stated(whole_city: Selection) -> None:
    values, texts = opened(whole_city), opened(whole_city, values=False)
    assert [row[:3] for row in closing(values["网办预警"])] == [
        ("各部门合计", 140, 23), ("全市所称", 140, 23), ("合计与所称之差", 0, 0),
    ]  # fmt: skip
    assert closing(texts["网办预警"])[0][1].startswith("=")
    sites = [(row[0], row[2], row[4]) for row in closing(values["服务阵地"]) if row[1] == "便民点"]
    assert sites == [
        ("各地区合计", "政务服务便利站", 201), ("全市所称", "政务服务便利站", 200),
        ("合计与所称之差", "政务服务便利站", 1),
    ]  # fmt: skip
    rates = {row["指标"] + row["范围"]: row for row in lines(values["主要指标"])}
    assert rates["不见面办理率新北区"]["比全市平均"] == pytest.approx(-3.44)
    staff = {row["地区"]: row for row in lines(values["畅通办专员"])}
    assert (staff["全市"]["目标（原文）"], staff["全市"]["目标人数"]) == ("不少于1000人", 1000)
    assert staff["全市"]["完成率"] == pytest.approx(0.775)
    assert staff["金坛区"]["已培育人数"] == "—"


def test_numbers_keep_the_precision_they_were_stated_with(whole_city: Selection) -> None:
    page = opened(whole_city)["主要指标"]
    labels = [cell.value for cell in page[FIRST - 1]]
    name, place, words, number = (labels.index(x) for x in ("指标", "范围", "原文", "数值"))
    found = {
        (row[name].value, row[place].value): (
            row[words].value,
            row[number].value,
            row[number].number_format,
        )
        for row in page.iter_rows(min_row=FIRST)
    }
    assert found["权力事项认领率", "溧阳市"] == ("85.40%", 85.4, "0.00")
    assert found["权力事项认领率", "新北区"] == ("低于70%", 70, "0")


def test_every_rule_is_checked_by_a_formula_of_its_own_numbers(whole_city: Selection) -> None:
    book = opened(whole_city)
    rows = {row["事项"]: row for row in lines(book["核验"])}
    assert len(rows) == len(overview(whole_city).findings)
    points = rows["便利站提升数：分区合计"]
    assert [points[name] for name in ("所称数值", "计算数值（公式）", "所称与计算之差")] == [
        200,
        201,
        -1,
    ]
    money = rows["苏企通金额：列举合计不超总额"]
    assert money["所称与计算之差"] == "含约数或界限，不作差额"
    first = [row["结论"] for row in lines(book["核验"])]
    assert first[:4] == ["不一致"] * 4
    assert {"一致"} == set(first[6:])


@scopes_for_office
def test_libreoffice_calculates_what_is_kept_in_the_file(at: Selection, office: Office) -> None:
    content = workbook_xlsx(at)
    written = openpyxl.load_workbook(io.BytesIO(content))
    kept = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    again = openpyxl.load_workbook(office.converted(content, "xlsx", "xlsx"), data_only=True)
    cells = formulas(written)
    assert len(cells) > 20
    differ = [
        (cell.parent.title, cell.coordinate, cell.value, old, new)
        for cell in cells
        if not same(
            old := kept[cell.parent.title][cell.coordinate].value,
            new := again[cell.parent.title][cell.coordinate].value,
        )
    ]
    assert differ == []
    texts = [
        c.value
        for page in again
        for row in page.iter_rows()
        for c in row
        if isinstance(c.value, str)
    ]
    assert [text for text in texts if text.startswith(("#", "Err:"))] == []


def same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, abs=1e-6)
    return one == other


def test_text_that_looks_like_a_formula_is_made_harmless(whole_city: Selection) -> None:
    for cell in (c for page in opened(whole_city) for row in page.iter_rows() for c in row):
        assert not (cell.data_type == "s" and str(cell.value).startswith(("=", "+", "@")))


@scopes
def test_the_same_selection_gives_the_same_bytes(at: Selection) -> None:
    content = workbook_xlsx(at)
    assert content == workbook_xlsx(at)
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert openpyxl.load_workbook(io.BytesIO(content)).properties.creator == "通报台"


def test_a_chosen_district_leaves_the_others_out() -> None:
    book = opened(DISTRICT)
    assert {row["地区"] for row in lines(book["服务阵地"])} == {"新北区"}
    assert {row["范围"] for row in lines(book["主要指标"])} <= {"全市", "市本级", "新北区"}
    heads = [row[0] for row in closing(book["服务阵地"])]
    assert set(heads) == {"所选地区合计", "全市所称"}


def test_departments_with_most_cases_come_first(whole_city: Selection) -> None:
    rows = lines(opened(whole_city)["网办预警"])
    most = [max(n for n in (r["预警件数"], r["超期件数"]) if isinstance(n, int)) for r in rows]
    assert all(one >= other for one, other in pairwise(most))
