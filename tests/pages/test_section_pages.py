"""The pages of the bulletin's sections: what they show, filtered and empty."""

from __future__ import annotations

import pytest

from lib.views.register import VIEWS
from lib.views.section import PAGE_SECTIONS
from tests.pages.test_pages import blocks, opened, tables, words

PAGES = ("benefits", "online", "indicators", "supervision")


def charts(app) -> list:
    """The charts of the page, as sent to the browser."""
    return list(app.get("vega_lite_chart"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_draws_its_views_and_says_what_they_show(page: str) -> None:
    app = opened(page)
    made = [view.make(selection(app)) for view in VIEWS if view.page == page]
    drawn = [view for view in made if view.chart]
    spoken = [chart.proto.alt for chart in charts(app)]
    assert len(spoken) == len(drawn)
    assert all(alt.startswith(view.title) for alt, view in zip(spoken, drawn, strict=True))
    assert all(view.reading in words(app) for view in drawn)


@pytest.mark.parametrize("page", PAGES)
def test_another_district_changes_no_chart_but_its_rows(page: str) -> None:
    """A browser draws a chart anew when anything but its rows changes, its text included."""
    whole, one = (
        {
            (chart.proto.id, chart.proto.spec, chart.proto.alt)
            for chart in charts(opened(page, **at))
        }
        for at in ({}, {"district": "liyang"})
    )
    assert one
    assert one <= whole


def selection(app):
    return app.session_state["selection"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_every_table_and_offers_it_as_files(page: str) -> None:
    app = opened(page)
    shown = tables(app)
    for view in (view.make(selection(app)) for view in VIEWS if view.page == page):
        if view.id != "timeline":
            assert all(",".join(row) in shown for row in view.table.rows)
    html = "".join(blocks(app))
    for view in (view for view in VIEWS if view.page == page):
        for kind in ("csv", "xlsx"):
            assert f'href="download/{view.id}.{kind}"' in html


def test_rates_are_shown_with_the_average_beside_them() -> None:
    app = opened("indicators")
    assert "钟楼区,97.5%,高1.16个百分点" in tables(app)
    assert "新北区,<70%" in tables(app)
    assert "金坛区,—" in tables(app)
    assert "存在未认领权力事项的部门 ▼ 须关注 共22个｜6月底" in words(app)


def test_figures_lead_to_their_source() -> None:
    html = "".join(blocks(opened("indicators")))
    assert "of=power_claim_rate~liyang~2022H1" in html
    assert "of=roster_power_unclaimed~city_level~2022H1" in html
    assert 'href="department?department=' in html


def test_the_timeline_is_a_list_by_date() -> None:
    html = "".join(blocks(opened("benefits")))
    for date in ("3月", "4月", "5月", "6月", "上半年"):
        assert f"<li><h3>{date}</h3>" in html
    assert '<li class="tb-apart"><h3>未注明</h3>' in html


def test_lists_are_filtered_and_say_how_many_are_shown() -> None:
    app = opened("indicators", department=["市教育局"], district=["新北区"])
    assert "共22个，所选1个" in words(app)
    assert "列名4个，所选1个" in words(app)
    assert "钟楼区" not in tables(app)
    assert "市教育局,4," in tables(app)
    assert "市民政局" not in tables(app)


def test_pages_say_where_a_filter_has_no_effect() -> None:
    assert "筛选在本页不起作用" in words(opened("supervision", district=["新北区"]))
    for page in ("online", "benefits"):
        assert "只影响" in words(opened(page, district=["新北区"]))
        assert "只影响" not in words(opened(page))


def test_departments_that_do_not_report_are_named_and_not_counted_as_zero() -> None:
    app = opened("supervision")
    assert "市委网信办,—,未开展监管数据上报" in tables(app)
    assert "市委网信办、市邮政管理局未开展上报，没有数字，不是0" in words(app)


def test_all_figures_and_lists_can_be_opened_as_tables() -> None:
    app = opened("online")
    assert "figures-online" not in "".join(blocks(app))
    app.session_state["ledger-online"] = True
    app.run()
    assert not app.exception
    assert "三（四）,全面质检发现问题数,全市,693条,7月中下旬," in tables(app)
    assert 'href="download/figures-online.csv"' in "".join(blocks(app))


def test_the_warnings_page_closes_with_its_section() -> None:
    shown = words(opened("warnings"))
    assert "产生网办超期的部门 ▼ 须关注 共8个｜上半年" in shown
    assert "网办申请渠道 列名3个，未列全" in shown


def test_every_page_of_sections_is_tested_here() -> None:
    assert set(PAGE_SECTIONS) == {*PAGES, "centers", "warnings"}
