"""对比与趋势: over three periods, two of them made up; unlike figures are not compared."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from lib.selection import Selection
from lib.views.files import view_csv, view_xlsx
from lib.views.profile import profile
from lib.views.staff import staff
from lib.views.trends import offered, trend
from tests.kept import three_periods

LABELS = ["2021年下半年（演示数据）", "2022年上半年", "2022年下半年（演示数据）"]


@pytest.fixture(scope="module")
def latest(tmp_path_factory: pytest.TempPathFactory) -> Selection:
    """The second half of 2022, after the shipped period and one before it."""
    with three_periods(tmp_path_factory.mktemp("trends")):
        yield Selection("R0003", "2022H2")


def test_every_metric_with_a_figure_is_offered_and_can_be_shown(latest: Selection) -> None:
    metrics = offered(latest.release_id)
    assert {"instant_rate", "warning_count", "center_town_upgraded"} <= set(metrics)
    for metric in metrics:
        view = trend(latest, metric).exhibit
        assert view.table.rows, metric
        drawn = {(m["地区或部门"], m["期次"], m["写法"]) for m in view.marks.to_pylist()}
        columns = view.table.columns
        listed = {
            (row[0], columns[n], cell.facts[0].value_text)
            for row in view.table.rows
            for n, cell in enumerate(row)
            if columns[n] in LABELS and cell != "—"
        }
        shown = {place for place, _, _ in drawn}
        assert 0 < len(shown) <= 7
        assert {(place, period) for place, period, _ in drawn} == {
            (place, period) for place, period, _ in listed if place in shown
        }


def test_renamed_levels_are_one_line(latest: Selection) -> None:
    view = trend(latest, "center_town_upgraded").exhibit
    assert list(view.table.columns[1:4]) == LABELS
    assert all("—" not in row[1:4] for row in view.table.rows)


def test_changes_are_computed_from_the_figures_beside_them(latest: Selection) -> None:
    view = trend(latest, "warning_count").exhibit
    row = next(row for row in view.table.rows if row[0] == "市教育局")
    past, before, now = (int(cell.removesuffix("件")) for cell in row[1:4])
    assert (row[4], row[5]) == (signed(now - before), signed(now - past))
    assert before == 31


def signed(change: int) -> str:
    sign = "＋" if change > 0 else "－"
    return f"{sign}{abs(change)}件" if change else "持平"


def test_bounds_are_not_compared_and_the_reason_is_given(latest: Selection) -> None:
    shown = trend(latest, "power_claim_rate")
    rows = {row[0]: row for row in shown.exhibit.table.rows}
    assert rows["新北区"][4:6] == ("不比", "不比")
    assert rows["溧阳市"][4].endswith("个百分点")
    assert "新北区与2022年上半年不比：有一期是界限。" in shown.refusals


def test_targets_and_averages(latest: Selection) -> None:
    first = Selection("R0003", "2022H1")
    points = trend(first, "center_point_completed").exhibit.table.rows[0]
    assert points[-2] == "200个的71.0%"
    assert trend(first, "overdue_count").exhibit.table.rows[0][-2] == "超出23件"
    rates = {row[0]: row[-1] for row in trend(first, "instant_rate").exhibit.table.rows}
    assert rates == {
        "全市": "—",
        "溧阳市": "高46.12个百分点",
        "新北区": "低23.48个百分点",
        "经开区": "低14.58个百分点",
    }
    claimed = {row[0]: row[-1] for row in trend(first, "public_service_claimed").exhibit.table.rows}
    assert claimed["金坛区"] == "＋41.6"  # 186 less 1011 / 7
    assert claimed["市本级"] == "—"


def test_one_period_is_bars_and_says_why_there_is_no_line(whole_city: Selection) -> None:
    view = trend(whole_city, "instant_rate").exhibit
    assert view.chart == "counts"
    assert "本版本只有2022年上半年一期" in view.reading
    assert {row[2:4] for row in view.table.rows} == {("—", "—")}


def test_filters_choose_the_places(latest: Selection) -> None:
    chosen = Selection("R0003", "2022H2", ("liyang",), ("education",))
    assert [row[0] for row in trend(chosen, "instant_rate").exhibit.table.rows] == [
        "全市",
        "溧阳市",
    ]
    assert [row[0] for row in trend(chosen, "warning_count").exhibit.table.rows] == [
        "全市",
        "市教育局",
    ]
    nothing = Selection("R0003", "2022H2", ("liyang",), ("justice",))
    view = trend(nothing, "supervision_reports").exhibit
    assert [row[0] for row in view.table.rows] == ["市本级"]


def test_a_profile_over_three_periods_marks_the_made_up_ones(latest: Selection) -> None:
    shown = profile(latest, "education")
    assert list(shown.history.columns) == ["指标", *LABELS]
    warned = next(row for row in shown.history.rows if row[0] == "网办预警件数")
    assert warned[2] == "31件"
    assert "上期是2022年上半年" in shown.standings.reading


def test_made_up_figures_say_so_in_both_files_and_real_ones_do_not(latest: Selection) -> None:
    exhibit = staff(latest)
    rows = list(csv.reader(io.StringIO(view_csv(exhibit, latest).decode("utf-8-sig"))))
    assert [row[-1] for row in rows] == ["数据性质", *["演示数据"] * len(exhibit.table.rows)]
    sheet = openpyxl.load_workbook(io.BytesIO(view_xlsx(exhibit, latest))).active
    assert sheet["A2"].value.startswith("演示数据：编造的数字")
    real = Selection("R0003", "2022H1")
    assert "演示数据" not in view_csv(staff(real), real).decode("utf-8-sig")
