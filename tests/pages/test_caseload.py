"""预警台账 in its frame: its figures, its lists by the address, and what it says without cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lib.catalog.handling import STATUSES
from lib.demo.cases import file_name, write_cases
from lib.insight.cells import bar, count
from lib.markup.tags import cell
from lib.selection import Selection
from lib.views.case_ages import AGES
from lib.views.case_cards import case_cards
from lib.views.case_groups import AXES
from lib.views.case_list import case_items, case_page
from tests.caseload import case, release_folder, write_rows
from tests.fresh import forget_views
from tests.kept import first_release
from tests.pages.test_pages import blocks, headlines, opened, tables, words

PANELS = 11
SCRIPT = "<script>alert(1)</script>"
HOSTILE = case(
    9001, 事项名称=SCRIPT, 受理日期="2021-01-01", 承诺办结日期="2021-02-01", 截止日期="2022-06-28"
)  # fmt: skip


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shipped figures with 5,000 invented cases: the id of that release."""
    folder = tmp_path_factory.mktemp("caseload")
    forget_views()
    with pytest.MonkeyPatch.context() as own:
        own.setenv("TONGBAO_DATA", str(folder / "data"))
        own.setenv("TONGBAO_DEMO", "1")
        first_release(folder / "data")
        (folder / "drop").mkdir()
        write_cases(folder / "drop" / file_name(), 5_000)
        write_rows(folder / "drop" / "hostile.csv", [HOSTILE])
        yield release_folder(folder / "drop").id
    forget_views()


@pytest.fixture
def without_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    forget_views()
    first_release(tmp_path)
    yield
    forget_views()


def html(app) -> str:
    return "".join(blocks(app))


def links(app, text: str) -> list[str]:
    """The addresses of the links of that text."""
    return [unescape(a) for a in re.findall(f'href="([^"]*)">{text}<', html(app))]


def test_without_cases_the_page_says_how_they_are_brought_in(without_cases: None) -> None:
    app = opened("caseload")
    assert "python -m lib drop" in app.info[0].value
    assert "tb-card" not in html(app)


def test_the_page_shows_cards_and_every_table_with_its_files(released: str) -> None:
    app = opened("caseload")
    assert headlines(app)[:6] == [card.value for card in case_cards(Selection(released, "2022H1"))]
    shown = html(app)
    assert shown.count('<section class="tb-panel') == PANELS
    for view in (*AXES, *AGES, "worst", "months", "statuses"):
        assert f'href="download/case-{view}.csv"' in shown
    assert "其余" in tables(app)
    assert not app.get("vega_lite_chart")


def test_made_up_cases_are_watermarked(released: str) -> None:
    shown = html(opened("caseload"))
    assert shown.count("tb-made-up") == PANELS + 1
    assert "演示数据｜2022年上半年" in shown
    assert "tb-made-up" in html(opened("caseload", status="overdue"))


def test_cases_of_several_days_are_said_to_be_from_the_first_to_the_last(released: str) -> None:
    for asked in ({}, {"status": "late"}):
        assert "｜办件截至 2022-06-28至2022-06-30" in words(opened("caseload", **asked))


def test_filters_change_every_figure(released: str) -> None:
    app = opened("caseload", district=["溧阳市"], department=["市教育局"])
    at = app.session_state["selection"]
    assert headlines(app)[:6] == [card.value for card in case_cards(at)]
    assert "市人社局" not in tables(app)
    assert "金坛区" not in tables(app)


@pytest.mark.parametrize("asked", [{}, {"district": ["溧阳市"]}])
def test_what_departments_report_is_compared_for_the_whole_city(
    released: str, asked: dict[str, list[str]]
) -> None:
    app = opened("caseload", **asked)
    assert "网办预警：报送数与办件明细 ≠ 不一致 全市报送140件，全市明细" in words(app)
    assert "网办超期：报送数与办件明细" in tables(opened("verify"))


def test_a_count_leads_to_its_cases(released: str) -> None:
    at = Selection(released, "2022H1")
    (address,) = links(opened("caseload"), str(sum(case_items(at, "overdue").values())))[:1]
    assert address == "caseload?status=overdue"


def test_the_list_is_opened_paged_and_filtered_by_the_address(released: str) -> None:
    at = Selection(released, "2022H1")
    app = opened("caseload", status="late", p="2")
    second = case_page(at, "late", None, 2)
    assert [",".join(row) for row in second.table.rows] == tables(app).splitlines()[1:]
    assert f"共{second.total:,}件，第2页" in words(app)
    assert "tb-panels" not in html(app)
    item = next(iter(case_items(at, "late")))
    app.selectbox(key="item_box").set_value(item).run()
    assert app.query_params["item"] == item
    assert "p" not in app.query_params
    (file,) = re.findall(r'href="(download/cases-late\.csv[^"]*)"', html(app))
    assert parse_qs(urlsplit(unescape(file)).query) == {"item": [item]}
    one = case_page(at, "late", item, 1)
    assert [",".join(row) for row in one.table.rows] == tables(app).splitlines()[1:]


def went_to(app, **query: str):
    """The page after a link, or the way back, led to another address of it."""
    for key in ("status", "item", "p"):
        if key in app.query_params:
            del app.query_params[key]
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def test_the_link_of_an_item_works_whenever_it_is_followed(released: str) -> None:
    at = Selection(released, "2022H1")
    item, cases = next(iter(case_items(at, "late").items()))
    app = opened("caseload", status="late", item=item)
    for others in ({}, {"status": "late"}, {"status": "overdue"}):
        went_to(app, **others)
        if others:
            assert app.selectbox(key="item_box").value == ""
            assert f"共{sum(case_items(at, others['status']).values()):,}件" in words(app)
        went_to(app, status="late", item=item)
        assert app.selectbox(key="item_box").value == item
        assert f"共{cases:,}件" in words(app)


def test_looking_at_a_list_writes_nothing_into_the_address(released: str) -> None:
    app = opened("caseload", status="late")
    assert "item" not in app.query_params
    item = next(iter(case_items(Selection(released, "2022H1"), "late")))
    app.selectbox(key="item_box").set_value(item).run()
    app.selectbox(key="item_box").set_value("").run()
    assert "item" not in app.query_params


def test_another_filter_starts_at_the_first_page(released: str) -> None:
    app = opened("caseload", status="late", p="3")
    assert "第3页" in words(app)
    app.session_state["district"] = ["wujin"]
    app.run()
    assert "第1页" in words(app)


def test_what_a_link_asks_for_in_vain_is_said(released: str) -> None:
    app = opened("caseload", status="没有这个")
    assert "链接里的清单“没有这个”不存在" in words(app)
    assert "tb-panels" in html(app)
    for number in ("甲", "-1", "²"):
        assert "第1页" in words(opened("caseload", status="late", p=number))
    last = opened("caseload", status="late", p="9" * 5_000)
    assert re.search("第([0-9,]+)页，共\\1页", words(last))
    empty = opened("caseload", status="overdue", item="没有这项")
    assert "没有超期未结的办件" in empty.info[0].value


def test_hostile_names_are_only_text(released: str) -> None:
    for own in ({}, {"status": "overdue"}, {"status": "overdue", "item": SCRIPT}):
        shown = html(opened("caseload", department=["市公安局"], **own))
        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown


def test_the_dictionary_says_what_the_statuses_mean() -> None:
    app = opened("dictionary")
    app.segmented_control(key="dictionary-kind").set_value("办件状态").run()
    rows = app.dataframe[0].value.set_index("办件状态")
    assert list(rows.index) == [status.label for status in STATUSES]
    assert rows.loc["超期办结", "计入"] == "超期、已办结"
    assert rows.loc["即将到期", ["天数", "计入"]].tolist() == ["剩余天数", "预警"]


def test_cases_of_a_folder_are_not_offered_to_be_filled_in_again(released: str) -> None:
    app = opened("templates", release=released)
    offered = [button.key for button in app.get("download_button")]
    assert {"empty-cases", "filled-centers"} <= {*offered}
    assert "filled-cases" not in offered
    assert any("投放文件夹整期发布" in caption.value for caption in app.caption)


def test_large_counts_are_read_in_groups_of_three_and_kept_as_they_are() -> None:
    text = bar(count(1_234_567), 1.0, "red")
    assert text == "1234567"
    assert "1,234,567" in cell(text)
    assert cell(count(12_345)) == "12,345"
    assert cell(bar("12.5%", 0.5, "red")).endswith(">12.5%</span>")
