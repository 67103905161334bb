"""Rules about what was before, about single cases and about age, over real releases."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lib.catalog.notices import NOTICE_BY_ID, WorseNotice
from lib.catalog.periods import parse_period
from lib.catalog.places import resolve_department
from lib.insight import notice_changes
from lib.insight.notices import judgements, staleness
from lib.queries.facts import fact_book
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import Release
from tests.caseload import case, release_folder, write_rows
from tests.kept import three_periods
from tests.notices.judged import holding, one
from tests.notices.scene import publish, publish_period, shipped
from tests.synthetic import synthetic_files

REMARK = "原文以“等”列举；原文未注明时点，按成文日期计"


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Release]:
    """2022H1 between two made-up periods."""
    with three_periods(tmp_path / "three") as lake:
        live = lake.live()
        assert live is not None
        yield live


def overdue(content: str) -> dict[str, int]:
    """Department id > overdue cases, of a file as it was uploaded."""
    rows = csv.DictReader(io.StringIO(content))
    stated = {row["部门"]: row["超期件数"] for row in rows if row["超期件数"]}
    return {resolve_department(n).id: int(v) for n, v in stated.items() if n != "全市"}


def test_worse_than_the_period_before_is_told_place_by_place(three: Release) -> None:
    release = three
    then = overdue(shipped("warnings.csv"))
    now = overdue(synthetic_files("2022H2")["演示数据_2022H2_warnings.csv"].decode("utf-8-sig"))
    worse = {place for place in then if now.get(place, 0) > then[place]}
    assert worse, "the invented period has some"
    assert {key.partition("~")[2] for key in holding(release.id, "2022H2", "overdue_more")} - {
        "city"
    } == worse
    place = min(worse)
    found = one(release.id, "overdue_more", place, "2022H2")
    assert found is not None
    assert found.made_up, "the newer figure is invented"
    assert f"比2022年上半年＋{now[place] - then[place]}件" in found.sentence
    assert holding(release.id, "2021H2", "overdue_more") == [], "nothing is before it"
    bounded = one(release.id, "power_claim_down", "xinbei", "2022H2")
    assert bounded is not None
    assert (bounded.standing, "有一期是界限" in bounded.sentence) == ("不能判断", True)


def test_a_headline_figure_that_is_no_longer_stated_is_told(own_data: Path) -> None:
    release = publish_period("2022H2", without=["staff.csv"])
    assert holding(release.id, "2022H2", "missing") == ["missing~staff_trained"]
    found = one(release.id, "missing", "staff_trained", "2022H2")
    assert found is not None
    assert found.sentence == ("全市“畅通办”专员已培育人数本期没有报送，2022年上半年是775人。")
    assert (found.figure, found.way.page, found.way.own) == (
        "—", "trend", (("metric", "staff_trained"),),
    )  # fmt: skip


def test_what_is_corrected_adds_up_again(own_data: Path) -> None:
    made = publish("centers.csv", ("新北区,便民点,,35", "新北区,便民点,,34"))
    assert "broken~points_sum" not in holding(made.id)
    found = one(made.id, "broken", "points_sum")
    assert found is not None
    assert (found.standing, found.sentence) == ("不成立", "便利站提升数：分区合计：一致。")


def test_a_release_gets_old_and_a_rollback_does_not_make_it_young(own_data: Path) -> None:
    lake = Lake(lake_dir())
    first = lake.live()
    assert first is not None
    days = dt.timedelta(days=184)
    assert staleness("R0001", first.created_at + days).standing == "不成立"
    old = staleness("R0001", first.created_at + days + dt.timedelta(days=1))
    assert (old.standing, old.sentence) == ("成立", "最新的数据（版本 R0001）已发布185天。")
    publish("staff.csv", ("775", "800"))
    back = lake.rollback("R0001", by="测试", note="")
    again = lake.rollback(back.id, by="测试", note="")
    assert staleness(again.id, first.created_at + days * 2).sentence.startswith(
        "最新的数据（版本 R0001）"
    )


def test_cases_past_their_day_are_told_department_by_department(
    own_data: Path, tmp_path: Path
) -> None:
    late, done = case(1), case(2, 部门="市教育局", 办结日期="2022-06-10", 状态="已办结")
    write_rows(tmp_path / "drop" / "cases.csv", [late, done])
    release = release_folder(tmp_path / "drop")
    assert holding(release.id, "2022H1", "cases_overdue") == ["cases_overdue~police"]
    found = one(release.id, "cases_overdue", "police")
    assert found is not None
    assert (found.sentence, found.made_up) == ("市公安局有1件办件超期未结。", False)
    assert (found.way.page, found.way.department, found.way.own) == (
        "caseload", "police", (("status", "overdue"),),
    )  # fmt: skip
    over = one(release.id, "cases_overdue", "education")
    assert over is not None
    assert over.standing == "不成立"
    assert one(release.id, "cases_overdue", "health") is None


def test_made_up_cases_mark_what_is_told_of_them_and_nothing_else(
    own_data: Path, tmp_path: Path
) -> None:
    invented = case(1, 备注="演示数据，不是真实数字")
    write_rows(tmp_path / "drop" / "演示数据.csv", [invented])
    release = release_folder(tmp_path / "drop")
    found = [j for j in judgements(release.id, "2022H1") if j.standing == "成立"]
    marked = {(j.rule, j.subject) for j in found if j.made_up}
    assert {rule for rule, _ in marked} == {"cases_overdue", "broken"}
    assert {subject for rule, subject in marked if rule == "broken"} == {"overdue_of_cases"}


@pytest.mark.parametrize(
    ("was", "now", "standing", "said"),
    [
        ((20, None), (23, None), "成立", "比2021年下半年＋3件"),
        ((20, "约"), (23, None), "不能判断", "与2021年下半年不比：有一期是约数"),
        ((20, None), (23, "约"), "不能判断", "与2021年下半年不比：有一期是约数"),
        ((20, "近"), (23, "余"), "成立", "2021年下半年是近20件"),
        ((20, "余"), (18, "近"), "不成立", "2021年下半年是20余件"),
        ((20, "余"), (23, "余"), "不能判断", "与2021年下半年不比：有一期是约数"),
        ((20, "低于"), (20, "不少于"), "成立", "2021年下半年是低于20件"),
        ((20, "以上"), (23, None), "不能判断", "与2021年下半年不比：有一期是界限"),
    ],
)
def test_a_figure_that_is_not_exact_is_worse_only_where_its_wording_says_so(
    monkeypatch: pytest.MonkeyPatch,
    was: tuple[int, str | None],
    now: tuple[int, str | None],
    standing: str,
    said: str,
) -> None:
    figure = fact_book("R0001", "2022H1").get("overdue_count")
    assert figure is not None
    stated = {
        period: replace(figure, period=period, value=Decimal(n), value_text=str(n), qualifier=word)
        for period, (n, word) in (("2021H2", was), ("2022H1", now))
    }
    monkeypatch.setattr(notice_changes, "earlier", lambda *_: parse_period("2021H2"))
    monkeypatch.setattr(notice_changes, "fact_book", lambda _, period: period)
    monkeypatch.setattr(
        notice_changes,
        "figure_of",
        lambda book, _, place: stated[book] if place == "city" else None,
    )
    rule = NOTICE_BY_ID["overdue_more"]
    assert isinstance(rule, WorseNotice)
    [found] = notice_changes.worse(rule, "R0001", "2022H1")
    assert (found.standing, found.sentence.partition("，")[2]) == (standing, f"{said}。")


def test_what_a_made_up_period_lacks_is_marked(own_data: Path) -> None:
    release = publish_period("2022H2", without=["staff.csv"])
    found = one(release.id, "missing", "staff_trained", "2022H2")
    assert found is not None
    assert found.made_up


def test_the_age_of_made_up_figures_is_marked_and_no_release_is_opened_for_it(
    own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, now = publish_period("2022H2"), dt.datetime(2027, 11, 2, tzinfo=dt.UTC)
    assert staleness(made.id, now).made_up
    back = Lake(lake_dir()).rollback("R0001", by="测试", note="")
    monkeypatch.setattr("lib.queries.release._open", lambda *_: pytest.fail("opened"))
    found = staleness(back.id, now)
    assert (found.made_up, found.period) == (False, "2022H1")
    assert "版本 R0001" in found.sentence


def test_a_list_of_made_up_members_marks_what_it_does_not_agree_with(own_data: Path) -> None:
    made = publish("roster.csv", (REMARK, "演示数据，不是真实数字"))
    marked = {j.subject for j in judgements(made.id, "2022H1") if j.rule == "broken" and j.made_up}
    assert "coverage_full_apart" in marked
    assert "points_sum" not in marked
