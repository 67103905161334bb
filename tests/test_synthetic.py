"""The invented periods: labelled, repeatable and plausible, so that no test trips over them."""

from __future__ import annotations

import csv
import io

import pytest

from tests.synthetic import MARK, PERIODS, SOURCE, Row, synthetic_files

STEMS = ("centers", "highlights", "indicators", "roster", "staff", "warnings")


def parsed(content: bytes) -> list[Row]:
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(lines, strict=True))


def tables(period: str, **options: bool) -> dict[str, list[Row]]:
    files = synthetic_files(period, **options)
    assert tuple(files) == tuple(f"演示数据_{period}_{stem}.csv" for stem in STEMS)
    return dict(zip(STEMS, map(parsed, files.values()), strict=True))


def real(stem: str) -> list[Row]:
    return parsed((SOURCE / f"{stem}.csv").read_bytes())


def number(text: str) -> float:
    return float(text.strip("万亿不少于"))


@pytest.mark.parametrize("period", PERIODS)
def test_every_row_is_labelled_and_of_its_period(period: str) -> None:
    rows = [row for table in tables(period).values() for row in table]
    assert len(rows) == sum(len(real(stem)) for stem in STEMS)
    assert {row["期次"] for row in rows} == {period}
    assert [row for row in rows if not row["备注"].startswith(MARK)] == []
    assert [row for row in tables(period)["highlights"] if not row["事项"].startswith(MARK)] == []


@pytest.mark.parametrize("period", PERIODS)
def test_the_same_call_gives_the_same_bytes(period: str) -> None:
    assert synthetic_files(period) == synthetic_files(period)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2021H2", "2021-09-30", "2022-02-08"), ("2022H2", "2022-09-30", "2023-02-08")],
)
def test_dates_move_with_the_period(period: str, first: str, last: str) -> None:
    rows = [row for table in tables(period).values() for row in table]
    days = {row["截止日期"] for row in rows}
    assert (min(days), max(days)) == (first, last)
    texts = {row["时点"] for row in rows}
    assert {"1月底", "1月中旬", "下半年", "12月底", "9月", "2月8日", "未注明"} <= texts
    assert "上半年" not in texts


@pytest.mark.parametrize("period", PERIODS)
def test_figures_move_up_and_down_and_keep_their_form(period: str) -> None:
    made, shipped = tables(period)["indicators"], real("indicators")
    moved = set()
    for new, old in zip(made, shipped, strict=True):
        assert [new[n] for n in ("指标", "地区", "部门", "限定词", "单位", "出处")] == [
            old[n] for n in ("指标", "地区", "部门", "限定词", "单位", "出处")
        ]
        shape = [
            (t.partition(".")[2], t[-1:].isdigit() or t[-1:]) for t in (new["数值"], old["数值"])
        ]
        assert len(shape[0][0]) == len(shape[1][0]) or "万" in old["数值"]
        assert shape[0][1] == shape[1][1] or old["数值"].startswith("第")
        if old["数值"][:1].isdigit():
            moved.add(
                (number(new["数值"]) > number(old["数值"]))
                - (number(new["数值"]) < number(old["数值"]))
            )
        if old["单位"] == "%":
            assert 0 <= number(new["数值"]) <= 100
    assert moved == {-1, 0, 1}


@pytest.mark.parametrize("period", PERIODS)
def test_empty_cells_stay_empty(period: str) -> None:
    for stem, rows in tables(period).items():
        blank = [[name for name in row if not row[name] and name != "备注"] for row in rows]
        assert blank == [[n for n in row if not row[n] and n != "备注"] for row in real(stem)]


@pytest.mark.parametrize("period", PERIODS)
def test_sites_add_up_and_parts_stay_within_wholes(period: str) -> None:
    rows = tables(period)["centers"]
    for city in (row for row in rows if row["地区"] == "全市"):
        parts = [r for r in rows if r["层级"] == city["层级"] and r["地区"] != "全市"]
        upgraded = sum(int(row["提升数"]) for row in parts)
        assert city["提升数"] in ("", str(upgraded))
        assert int(city["计划数"]) <= upgraded
        assert int(city["完成数"] or 0) <= upgraded
    assert [r for r in rows if int(r["新增数"] or 0) > int(r["提升数"] or 0)] == []


@pytest.mark.parametrize("period", PERIODS)
def test_totals_are_the_sums_of_their_rows(period: str) -> None:
    made = tables(period)
    total, *departments = made["warnings"]
    for column in ("预警件数", "超期件数"):
        assert int(total[column]) == sum(int(row[column] or 0) for row in departments)
    figures = {(r["指标"], r["地区"]): r["数值"] for r in made["indicators"] if r["地区"]}
    parts = ("移动端标准应用已接入数", "移动端标准应用未接入数")
    assert sum(int(figures[name, "全市"]) for name in parts) == 76
    parts = ("新增监管事项数", "认领监管事项数")
    items = int(figures["监管事项数", "市本级"])
    assert sum(int(figures[name, "市本级"]) for name in parts) == items
    rate = 100 * int(figures["认领监管事项数", "市本级"]) / items
    assert figures["监管事项认领率", "市本级"] == f"{rate:.2f}"


def test_more_staff_are_trained_than_the_goal_in_2022h2() -> None:
    (row,) = tables("2022H2")["staff"]
    assert (row["目标人数"], row["已培育人数"]) == ("不少于1000", "1054")


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ("2021H2", ["政务服务中心", "为民服务中心", "便民服务中心", "政务服务便利站"]),
        ("2022H2", ["政务服务中心", "便民服务中心", "便民服务站", "便民服务点"]),
    ],
)
def test_sites_can_go_by_the_names_in_force(period: str, names: list[str]) -> None:
    by_level = tables(period)["centers"]
    by_name = tables(period, site_names=True)["centers"]
    tiers = dict(zip(["县级", "镇级", "村级", "便民点"], names, strict=True))
    assert [row["站点名称"] for row in by_name] == [tiers[row["层级"]] for row in by_level]
    assert all("层级" not in row for row in by_name)
    assert [row["提升数"] for row in by_name] == [row["提升数"] for row in by_level]
