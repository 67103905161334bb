"""The main tables of the section pages, whole, as the published bulletin states them."""

from __future__ import annotations

from dataclasses import replace

from lib.catalog.rosters import ROSTERS
from lib.insight.cells import Figure, Place
from lib.selection import Selection
from lib.views import (
    benefits,
    main_indicators,
    online,
    supervision_by_department,
    supervision_totals,
)
from lib.views.lagging import LISTS, lagging
from lib.views.timeline import timeline


def rows(exhibit) -> list[str]:
    return [",".join(row) for row in exhibit.table.rows]


def test_power_claims_are_one_exact_rate_four_bounds_and_two_missing(whole_city: Selection) -> None:
    view = main_indicators.power_claim(whole_city)
    assert view.table.columns == ("地区", "权力事项认领率")
    assert rows(view) == [
        "溧阳市,85.40%", "金坛区,—", "武进区,—", "新北区,<70%", "天宁区,<70%", "钟楼区,<70%", "经开区,<70%",
    ]  # fmt: skip
    assert view.reading == (
        "溧阳市85.40%；新北区、天宁区、钟楼区、经开区低于70%（原文只给界限，不当确数）；金坛区、武进区未报送。"
    )


def test_rates_stand_beside_the_average_of_the_city(whole_city: Selection) -> None:
    view = main_indicators.faceless(whole_city)
    assert rows(view) == [
        "全市平均,96.34%,", "溧阳市,—,—", "金坛区,—,—", "武进区,—,—", "新北区,92.9%,低3.44个百分点",
        "天宁区,—,—", "钟楼区,97.5%,高1.16个百分点", "经开区,—,—",
    ]  # fmt: skip
    assert [m["基准写法"] for m in view.marks.to_pylist() if m["基准"]] == ["全市平均 96.34%"]
    assert rows(main_indicators.instant(whole_city)) == [
        "全市平均,45.18%,", "溧阳市,91.3%,高46.12个百分点", "金坛区,—,—", "武进区,—,—",
        "新北区,21.7%,低23.48个百分点", "天宁区,—,—", "钟楼区,—,—", "经开区,30.6%,低14.58个百分点",
    ]  # fmt: skip


def test_a_bound_is_a_range_with_an_open_end(whole_city: Selection) -> None:
    marks = {m["地区"]: m for m in main_indicators.power_claim(whole_city).marks.to_pylist()}
    assert [marks["新北区"][c] for c in ("起", "止", "界", "写法")] == [0, 70, 70, "低于70%"]
    assert [marks["溧阳市"][c] for c in ("起", "止", "界", "写法")] == [0, 85.4, None, "85.40%"]
    covered = {
        m["部门"]: m for m in supervision_by_department.coverage(whole_city).marks.to_pylist()
    }
    assert [covered["市交通局"][c] for c in ("起", "止", "界", "类型")] == [85, 100, 85, "下界"]
    assert [covered["市财政局"][c] for c in ("起", "止", "界", "类型")] == [0, 50, 50, "上界"]


def test_the_city_level_is_in_no_sum_of_districts(whole_city: Selection) -> None:
    view = main_indicators.public_service(whole_city)
    assert [line.split(",")[:2] for line in rows(view)] == [
        ["市本级", "221"], ["溧阳市", "153"], ["金坛区", "186"], ["武进区", "157"], ["新北区", "109"],
        ["天宁区", "180"], ["钟楼区", "90"], ["经开区", "136"], ["所选地区合计", "1011"],
    ]  # fmt: skip
    assert {m["地区"]: m["组别"] for m in view.marks.to_pylist()}["市本级"] == "旁"
    two = main_indicators.public_service(replace(whole_city, chosen_districts=("jintan", "xinbei")))
    assert rows(two)[-1].startswith("所选地区合计,295,")


def test_departments_are_ordered_by_the_number_of_lists(whole_city: Selection) -> None:
    view = lagging(whole_city)
    assert len(view.table.rows) == 40
    assert rows(view)[0] == "市教育局,4,权力未认领、即办占比偏低、产生网办预警、产生网办超期"
    assert sum(int(row[1]) for row in view.table.rows) == 22 + 7 + 23 + 16 + 8 + 2 + 2
    assert "市公安局,1,不见面率偏低（法律规定部分事项必须见面办理）" in rows(view)
    counts = [int(row[1]) for row in view.table.rows]
    assert counts == sorted(counts, reverse=True)


def test_a_department_on_no_list_is_told_so(whole_city: Selection) -> None:
    view = lagging(replace(whole_city, chosen_departments=("foreign_affairs",)))
    assert view.empty
    assert view.reading == "所选部门不在本期7张落后和问题名单上。"


def test_standard_applications_are_45_of_76(whole_city: Selection) -> None:
    view = online.mobile_standard(whole_city)
    assert rows(view) == ["移动端标准应用,45,76,31,59.2%,第五"]
    (mark,) = view.marks.to_pylist()
    assert (mark["完成"], mark["目标"], mark["目标写法"]) == (45, 76, "共 76项")
    assert (mark["序时"], mark["序时写法"]) == (None, "没有写明期限")


def test_coverage_names_those_who_do_not_report(whole_city: Selection) -> None:
    assert rows(supervision_by_department.coverage(whole_city)) == [
        "市档案局,100%,", "市教育局,100%,", "市工信局,100%,", "市医保局,100%,",
        "市交通局,≥85%,", "市文广旅局,≥85%,", "市卫健委,≥85%,", "市体育局,≥85%,",
        "市财政局,≤50%,", "市地震局,≤50%,",
        "市委网信办,—,未开展监管数据上报", "市邮政管理局,—,未开展监管数据上报",
    ]  # fmt: skip
    one = supervision_by_department.coverage(replace(whole_city, chosen_departments=("police",)))
    assert rows(one) == ["市公安局,—,本期未报送"]


def test_adopted_news_does_not_add_up_to_the_stated_total(whole_city: Selection) -> None:
    view = supervision_by_department.adopted(whole_city)
    assert [line.split(",")[:2] for line in rows(view)] == [
        ["全市", "31"], ["市应急局", "5"], ["市公安局", "4"], ["市农业农村局", "2"], ["市文广旅局", "2"],
        ["市交通局", "1"], ["市市监局", "1"], ["所选部门合计", "15"],
    ]  # fmt: skip
    assert view.reading == (
        "全市录用31条，居全省第二；列名6个部门合计15条，其余16条原文没有列出部门。"
    )


def test_supervision_items_keep_city_and_city_level_apart(whole_city: Selection) -> None:
    figures = [(row[0], row[1]) for row in supervision_totals.items(whole_city).table.rows]
    assert figures == [
        ("全市监管事项", "3763个"), ("全市检查实施清单", "4361个"), ("全市清单编制率", "100%"),
        ("市本级监管事项", "1029个"), ("市本级认领事项", "930个"), ("市本级新增事项", "99个"),
        ("市本级涉及部门", "31个"), ("市本级事项认领率", "89.17%"), ("认领率省内排名", "第三"),
    ]  # fmt: skip
    notes = {row[0]: row[3] for row in supervision_totals.items(whole_city).table.rows}
    assert "不一致" in notes["市本级事项认领率"]


def test_money_keeps_its_words_and_is_compared_in_ten_thousands(whole_city: Selection) -> None:
    view = benefits.amounts(whole_city)
    assert rows(view)[:4] == [
        "涉及总金额,近3亿元,近30000,", "产业转型升级专项资金,2亿元,20000,",
        "暂退返还资金,约7500万元,约7500,", "各类补贴发放额,近220万元,近220,",
    ]  # fmt: skip
    assert rows(view)[4].startswith("列明部分合计,,27720,")
    drawn = {m["项目"]: (m["数值"], m["写法"], m["组别"]) for m in view.marks.to_pylist()}
    assert drawn == {
        "涉及总金额": (30000, "近3亿元", "旁"),
        "产业转型升级专项资金": (20000, "2亿元", "主"),
        "暂退返还资金": (7500, "约7500万元", "主"),
        "各类补贴发放额": (220, "近220万元", "主"),
    }


def test_small_views_state_what_the_bulletin_states(whole_city: Selection) -> None:
    views = (
        benefits.reach, online.service_use, supervision_totals.reports, supervision_totals.aggregation,
        supervision_totals.clues,
    )  # fmt: skip
    assert [row[1] for view in views for row in view(whole_city).table.rows] == [
        "约2万", "2.3万", "2万余家", "593人次", "近千份", "9000余份", "381条", "87条", "137条",
        "25472条", "25472条", "100%", "573条", "100%", "100%",
    ]  # fmt: skip


def test_the_timeline_goes_by_month_and_ends_with_what_has_no_date(whole_city: Selection) -> None:
    dates = [row[0] for row in timeline(whole_city).table.rows]
    assert list(dict.fromkeys(dates)) == ["3月", "4月", "5月", "6月", "上半年", "未注明"]
    assert [dates.count(date) for date in dict.fromkeys(dates)] == [2, 1, 2, 3, 2, 5]


def test_figures_lead_to_their_facts_and_places_to_their_profiles(whole_city: Selection) -> None:
    row = main_indicators.instant(whole_city).table.rows[1]
    assert isinstance(row[0], Place)
    assert row[0].id == "liyang"
    assert isinstance(row[1], Figure)
    assert [fact.source_file for fact in row[1].facts] == ["indicators.csv"]
    assert [fact.metric for fact in row[2].facts] == ["instant_rate", "instant_rate"]
    total = supervision_by_department.adopted(whole_city).table.rows[-1][1]
    assert len(total.facts) == 6


def test_every_list_that_reads_badly_is_in_the_matrix() -> None:
    concern = {r.id for r in ROSTERS if r.tone == "concern" and r.member == "department"}
    assert set(LISTS) == concern
