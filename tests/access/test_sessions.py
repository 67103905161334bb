"""The server's own list of sign-ins (cases 5, 6, 7 and 15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.access.sessions import IDLE, IDLE_SECONDS, OVER, SIGNED_OUT, WHOLE_SECONDS, Sessions

NOON = 1_800_000_000.0
MINUTE = 60


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "access" / "sign-ins.sqlite")


def test_a_sign_in_in_use_holds(sessions: Sessions) -> None:
    times = range(0, WHOLE_SECONDS, 20 * MINUTE)
    assert {sessions.use("a", "甲", NOON, NOON + t).ended for t in times} == {""}


def test_half_an_hour_of_nothing_ends_it_for_good(sessions: Sessions) -> None:
    sessions.use("a", "甲", NOON, NOON)
    later = NOON + IDLE_SECONDS + 1
    assert sessions.use("a", "甲", NOON, later).ended == IDLE
    assert sessions.use("a", "甲", NOON, later + 1).ended == IDLE


def test_use_within_the_half_hour_is_counted(sessions: Sessions) -> None:
    sessions.use("a", "甲", NOON, NOON)
    sessions.use("a", "甲", NOON, NOON + 29 * MINUTE)
    assert sessions.use("a", "甲", NOON, NOON + 58 * MINUTE).ended == ""


def test_eight_hours_end_it_however_busy(sessions: Sessions) -> None:
    for t in range(0, WHOLE_SECONDS, 20 * MINUTE):
        sessions.use("a", "甲", NOON, NOON + t)
    assert sessions.use("a", "甲", NOON, NOON + WHOLE_SECONDS + 1).ended == OVER


def test_an_old_cookie_that_was_never_seen_is_no_way_in(sessions: Sessions) -> None:
    assert sessions.use("a", "甲", NOON - WHOLE_SECONDS - 1, NOON).ended == OVER


def test_a_sign_out_holds_for_every_copy_and_after_a_restart(
    sessions: Sessions, tmp_path: Path
) -> None:
    sessions.use("a", "甲", NOON, NOON)
    sessions.end("a", "甲", NOON + 1)
    assert sessions.use("a", "甲", NOON, NOON + 2).ended == SIGNED_OUT
    again = Sessions(tmp_path / "access" / "sign-ins.sqlite")
    assert again.use("a", "甲", NOON, NOON + 3).ended == SIGNED_OUT


def test_a_sign_out_before_the_first_use_holds_too(sessions: Sessions) -> None:
    sessions.end("a", "甲", NOON)
    assert sessions.use("a", "甲", NOON, NOON + 1).ended == SIGNED_OUT


def test_another_sign_in_of_the_same_account_is_untouched(sessions: Sessions) -> None:
    sessions.use("a", "甲", NOON, NOON)
    sessions.use("b", "甲", NOON, NOON)
    sessions.end("a", "甲", NOON)
    assert sessions.use("b", "甲", NOON, NOON + 1).ended == ""


def test_a_clock_set_back_ends_nothing_and_lengthens_nothing(sessions: Sessions) -> None:
    sessions.use("a", "甲", NOON, NOON)
    assert sessions.use("a", "甲", NOON, NOON - 9 * 3600).ended == ""
    assert sessions.use("a", "甲", NOON, NOON + IDLE_SECONDS + 1).ended == IDLE
