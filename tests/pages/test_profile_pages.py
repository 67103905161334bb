"""画像, 趋势, 溯源 and 样例 in their frame: what they show, where their links lead, and the empty states."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from lib.charts import KINDS
from lib.charts.samples import SAMPLES
from tests.pages.test_pages import blocks, headlines, opened, tables, words


def links(app: AppTest, text: str) -> list[str]:
    """Where the links of that text lead."""
    found = re.findall(
        '<a class="tb-go[^"]*"[^>]* ?href="([^"]*)"[^>]*>(.*?)</a>', "".join(blocks(app))
    )
    return [unescape(href) for href, shown in found if re.sub("<[^>]+>", "", shown) == text]


def test_all_districts_before_one_is_chosen() -> None:
    app = opened("district")
    assert "新北区,67,<70%,92.9%,21.7%,109项,2张" in tables(app)
    (tile, name) = links(app, "新北区67") + links(app, "新北区")
    assert parse_qs(urlsplit(tile).query)["district"] == ["xinbei"]
    assert urlsplit(name).path == "district"


def test_the_map_shows_another_figure_when_asked() -> None:
    app = opened("district")
    app.segmented_control(key="map_measure").set_value("power_claim_rate").run()
    assert "斜纹表示原文只给界限" in words(app)
    assert links(app, "武进区—")


def test_a_chosen_district_is_a_profile() -> None:
    app = opened("district", district="xinbei")
    shown = words(app)
    assert "新北区：须关注的名单2张" in shown
    assert "权力事项认领率,<70%,第2至5（共5）,—,—,—" in tables(app)
    assert "工程进入区民生实事，区财政配套资金" in shown
    assert links(app, "全部") == ["?release=R0001&period=2022H1"]


def test_several_chosen_districts_are_compared() -> None:
    app = opened("district", district=["liyang", "jintan"])
    assert "溧阳市,58,85.40%,—,91.3%,153项,0张" in tables(app)
    assert "武进区,57" not in tables(app)


def test_departments_and_one_of_them() -> None:
    assert "市教育局,4张,31件,1件,100%,—" in tables(opened("department"))
    app = opened("department", department="education")
    assert "市教育局：须关注的名单4张" in words(app)
    assert "网办预警件数,31件,由多到少第1（共16）,140件,—,—" in tables(app)


def test_a_department_without_figures_is_an_empty_state() -> None:
    app = opened("department", department="justice")
    assert "没有报送不等于零" in words(app)


def test_a_trend_is_kept_in_the_address() -> None:
    app = opened("trend", metric="instant_rate")
    assert app.selectbox(key="metric_box").value == "instant_rate"
    assert "溧阳市,91.3%,—,—,—,高46.12个百分点" in tables(app)
    app.selectbox(key="metric_box").set_value("warning_count").run()
    assert app.query_params["metric"] in ("warning_count", ["warning_count"])
    assert "市教育局,31件" in tables(app)


def test_a_link_to_a_metric_works_again_after_another_page() -> None:
    app = opened("trend", metric="instant_rate")
    app.switch_page("../pages/overview.py").run()
    app.switch_page("../pages/trend.py")
    app.query_params["metric"] = "instant_rate"
    app.run()
    assert app.selectbox(key="metric_box").value == "instant_rate"
    del app.query_params["metric"]
    app.run()
    assert app.selectbox(key="metric_box").value != "instant_rate"
    assert "metric" not in app.query_params


def test_every_figure_leads_to_its_source() -> None:
    app = opened("warnings")
    (source,) = links(app, "31")
    asked = parse_qs(urlsplit(source).query)
    assert (urlsplit(source).path, asked["of"]) == ("trace", ["warning_count~education~2022H1"])
    traced = opened("trace", of=asked["of"][0])
    assert headlines(traced) == ["31件"]
    assert "网办预警件数｜市教育局｜2022年上半年" in words(traced)
    assert "warnings.csv" in tables(traced) + "".join(blocks(traced))
    assert any("FROM facts" in code.value for code in traced.code)
    assert "刚才重新查询，结果相同。" in words(traced)


def test_a_computed_figure_leads_to_all_it_was_made_from() -> None:
    app = opened("centers")
    (source,) = links(app, "67")
    traced = opened("trace", of=parse_qs(urlsplit(source).query)["of"])
    assert "1＋10＋21＋35＝67个" in words(traced)


def test_a_figure_is_looked_up_and_an_unknown_one_named() -> None:
    app = opened("trace")
    app.text_input(key="trace_search").set_value("预警 教育局").run()
    assert "网办预警件数,市教育局,31件,上半年,三（三）" in tables(app)
    app.text_input(key="trace_search").set_value("没有这个").run()
    assert "没有找到“没有这个”" in words(app)
    assert r"“no\~such”在版本 R0001 里没有对应的数" in words(opened("trace", of="no~such"))


def test_the_gallery_draws_every_kind_and_is_marked() -> None:
    assert set(SAMPLES) == set(KINDS)
    app = opened("gallery")
    assert words(app).count("演示数据｜") == len(KINDS)


@pytest.mark.parametrize("page", ["district", "department", "trend"])
def test_a_period_without_figures_is_said(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(page, period="2099H1")
    assert "链接里的期次“2099H1”不存在" in words(app)
