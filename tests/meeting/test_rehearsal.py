"""A plan of slides, edited and opened again."""

from __future__ import annotations

import math

import pytest

from lib.meeting.rehearsal import (
    default_title,
    in_all,
    moved,
    plan,
    planned_from,
    screens,
    selection_of,
)
from lib.selection import Selection
from lib.store.rehearsals import Planned
from tests.meeting.plans import WHOLE, rehearsal

XINBEI = Selection("R0001", "2022H1", ("xinbei",))


def test_a_rehearsal_is_pinned_to_what_was_looked_at() -> None:
    assert selection_of(rehearsal("cover", at=XINBEI)) == XINBEI
    assert default_title(XINBEI) == "2022年上半年政务服务情况"


def test_the_editor_gives_back_what_it_was_given() -> None:
    planned = planned_from(plan(WHOLE))
    assert planned_from(plan(WHOLE, planned)) == planned
    assert [line["次序"] for line in plan(WHOLE)] == list(range(1, len(planned) + 1))


def test_slides_follow_their_order_and_equal_ones_stay() -> None:
    lines = plan(WHOLE)[:4]
    for line, order in zip(lines, (3, 1.5, 1.5, 1), strict=True):
        line["次序"] = order
    names = [line["slide"] for line in lines]
    assert [p.slide for p in planned_from(lines)] == [names[3], names[1], names[2], names[0]]


@pytest.mark.parametrize("cleared", [None, math.nan])
def test_what_was_cleared_takes_a_place_again(cleared: float | None) -> None:
    lines = plan(WHOLE)[:3]
    lines[0] |= {"次序": cleared, "秒数": cleared, "讲稿": None}
    last = planned_from(lines)[-1]
    assert last == Planned("cover", "", 60, True)


def test_slides_added_since_are_offered_and_not_shown() -> None:
    lines = plan(WHOLE, [Planned("points", "先念要点")])
    assert lines[0]["slide"] == "points"
    assert len(lines) == len(plan(WHOLE))
    assert [line["slide"] for line in lines if line["展示"]] == ["points"]


def test_a_slide_that_is_gone_stays_in_the_plan_and_says_so() -> None:
    (first, *_) = plan(WHOLE, [Planned("view:gone", "要讲")])
    assert first["内容"] == "view:gone（现在没有这一页）"


def test_a_plan_moves_to_another_selection_with_what_was_written() -> None:
    written = [
        Planned("card:center_point_completed", "讲便利站", shown=False),
        Planned("card:center_point_completed", "", shown=False),
        Planned("points", "念", 20),
    ]
    kept = planned_from(moved(XINBEI, written))[:2]
    assert kept == (written[0], written[2])


def test_the_length_of_a_meeting_is_told() -> None:
    assert in_all([Planned("table:warnings", "", 61), Planned("cover", shown=False)], WHOLE) == (
        "1项，共2页，约2分钟"
    )


def test_a_slides_seconds_are_shared_by_its_screens() -> None:
    made = screens(rehearsal(Planned("table:warnings", "念", 61), Planned("cover", "", 5)))
    assert [(s.page.layout, s.notes, s.seconds) for s in made] == [
        ("table", "念", 31), ("table", "念", 31), ("cover", "", 5),
    ]  # fmt: skip
