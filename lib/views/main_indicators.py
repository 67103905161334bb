"""主要指标: rates by district beside the city's average, and public-service items claimed."""

from __future__ import annotations

from functools import lru_cache

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import place_name
from lib.insight.cells import figure, named, stated, summed
from lib.insight.table import table_of
from lib.insight.wording import MISSING, in_full
from lib.queries.facts import Fact, FactBook, fact_book
from lib.selection import Selection
from lib.views.exhibit import Exhibit, chart_rows
from lib.views.marks import (
    absent,
    against,
    behind,
    count_mark,
    count_schema,
    gap_mark,
    rate_mark,
    rate_schema,
    said_together,
    with_benchmark,
    with_room,
)

_COMPARED = "比全市平均"
_CLAIMED = "public_service_claimed"


@lru_cache(maxsize=64)
def power_claim(selection: Selection) -> Exhibit:
    """权力事项认领率 by district (%)."""
    return _by_district(selection, "power_claim_rate", "权力事项认领率")


@lru_cache(maxsize=64)
def faceless(selection: Selection) -> Exhibit:
    """不见面办理率 by district (%), beside the city's average."""
    return _by_district(selection, "faceless_rate", "不见面办理率")


@lru_cache(maxsize=64)
def instant(selection: Selection) -> Exhibit:
    """即办件占比 by district (%), beside the city's average: a share of items, not of cases."""
    return _by_district(selection, "instant_rate", "即办件占比", "事项占比，不是办件量占比")


def _by_district(selection: Selection, metric: str, title: str, remark: str = "") -> Exhibit:
    book = fact_book(selection.release_id, selection.period)
    whole = book.get(metric)
    facts = [(district, book.get(metric, district)) for district in selection.districts]
    known = [(district, fact) for district, fact in facts if fact is not None]
    empty = not book.of(metric)
    marks = [
        {"地区": place_name(district)} | (rate_mark(fact) if fact else gap_mark())
        for district, fact in facts
        if not empty
    ]
    columns = ("地区", title, *((_COMPARED,) if whole else ()))
    rows = [_rate_line(title, district, fact, whole) for district, fact in facts]
    if whole is not None:
        rows = [{"地区": "全市平均", title: stated(whole), _COMPARED: ""}, *rows]
    listed = ([("全市平均", whole)] if whole else []) + [(place_name(d), f) for d, f in known]
    return Exhibit(
        metric,
        title,
        absent(title) if empty else _reading(facts, whole),
        table_of([] if empty else rows, columns),
        remark=remark,
        chart="rates",
        marks=chart_rows(with_benchmark(marks, whole), rate_schema("地区")),
        options=("地区",),
        key="地区",
        dimension="district",
        sources=behind("地区", listed),
    )


def _rate_line(title: str, district: str, fact: Fact | None, whole: Fact | None) -> dict[str, str]:
    compared = figure(against(fact, whole), [fact, whole]) if fact and whole else MISSING
    return {
        "地区": named(district),
        title: stated(fact),
        _COMPARED: compared,
    }


def _reading(facts: list[tuple[str, Fact | None]], whole: Fact | None) -> str:
    known = [(place_name(district), fact) for district, fact in facts if fact is not None]
    exact = sorted((k for k in known if k[1].qualifier is None), key=lambda k: -k[1].value)
    bounds = [k for k in known if k[1].qualifier is not None]
    parts = [f"全市平均{in_full(whole)}"] if whole else []
    if exact:
        parts.append(("由高到低：" if len(exact) > 1 else "") + said_together(exact))
    if bounds:
        parts.append(f"{said_together(bounds)}（原文只给界限，不当确数）")
    silent = [place_name(district) for district, fact in facts if fact is None]
    if silent:
        parts.append(f"{'、'.join(silent)}未报送")
    return "；".join(parts) + "。"


@lru_cache(maxsize=64)
def public_service(selection: Selection) -> Exhibit:
    """公共服务事项已认领数 by district (项); 市本级 stands apart and is in no sum."""
    book = fact_book(selection.release_id, selection.period)
    places = ("city_level", *selection.districts)
    known = [(place, fact) for place in places if (fact := book.get(_CLAIMED, place))]
    marks = [
        {"地区": place_name(place)} | count_mark(fact, apart=place == "city_level")
        for place, fact in known
    ]
    columns = ("地区", "已认领数", "说明")
    rows = [_claimed_line(place, book.get(_CLAIMED, place)) for place in places]
    districts = [fact for place, fact in known if place != "city_level"]
    rows.append(
        {"地区": "所选地区合计", "已认领数": summed(districts), "说明": "由本系统相加，不含市本级"}
    )
    return Exhibit(
        "public_service",
        METRIC_BY_ID[_CLAIMED].name,
        _claimed_reading(book, districts) if known else absent("公共服务事项认领数"),
        table_of(rows if known else [], columns),
        remark="项，市本级单列，不与辖市（区）相加",
        chart="counts",
        marks=chart_rows(with_room(marks), count_schema("地区")),
        options=("地区",),
        key="地区",
        dimension="district",
        sources=behind("地区", [(place_name(place), fact) for place, fact in known]),
    )


def _claimed_line(place: str, fact: Fact | None) -> dict[str, str]:
    remark = (fact.note or "") if fact else "本期未报送"
    return {
        "地区": place_name(place) if place == "city_level" else named(place),
        "已认领数": stated(fact, unit=False),
        "说明": "单列，不计入合计" if fact and place == "city_level" else remark,
    }


def _claimed_reading(book: FactBook, districts: list[Fact]) -> str:
    own = book.get(_CLAIMED, "city_level")
    parts = [f"市本级已认领{in_full(own)}"] if own else []
    if len(districts) > 1:
        most, least = (pick(districts, key=lambda f: f.value) for pick in (max, min))
        parts.append(f"辖市（区）中{place_name(most.district)}最多（{in_full(most)}）")
        parts.append(f"{place_name(least.district)}最少（{in_full(least)}）")
    elif districts:
        parts.append(f"{place_name(districts[0].district)}已认领{in_full(districts[0])}")
    else:
        parts.append("所选地区没有报送")
    return "，".join(parts) + "；与权力事项、监管事项的认领互不相同。"
