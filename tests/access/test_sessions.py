"""The server's own list of sign-ins."""

from __future__ import annotations

from collections.abc import Callable
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


def half_an_hour_of_nothing_ends_it(sessions: Sessions) -> None:
    """And it stays ended, however soon somebody comes again."""
    sessions.use("a", "甲", NOON, NOON)
    later = NOON + IDLE_SECONDS + 1
    assert sessions.use("a", "甲", NOON, later).ended == IDLE
    assert sessions.use("a", "甲", NOON, later + 1).ended == IDLE


def test_use_within_the_half_hour_is_counted(sessions: Sessions) -> None:
    sessions.use("a", "甲", NOON, NOON)
    sessions.use("a", "甲", NOON, NOON + 29 * MINUTE)
    assert sessions.use("a", "甲", NOON, NOON + 58 * MINUTE).ended == ""


def eight_hours_end_it(sessions: Sessions) -> None:
    """However busy it was."""
    for t in range(0, WHOLE_SECONDS, 20 * MINUTE):
        sessions.use("a", "甲", NOON, NOON + t)
    assert sessions.use("a", "甲", NOON, NOON + WHOLE_SECONDS + 1).ended == OVER


def test_an_old_cookie_that_was_never_seen_is_no_way_in(sessions: Sessions) -> None:
    assert sessions.use("a", "甲", NOON - WHOLE_SECONDS - 1, NOON).ended == OVER


def a_sign_out_holds(sessions: Sessions) -> None:
    """For every copy, and after a restart."""
    sessions.use("a", "甲", NOON, NOON)
    sessions.end("a", "甲", NOON + 1)
    assert sessions.use("a", "甲", NOON, NOON + 2).ended == SIGNED_OUT
    again = type(sessions)(sessions._path)
    assert again.use("a", "甲", NOON, NOON + 3).ended == SIGNED_OUT


class Forgiving(Sessions):
    """Lets the cookie come back after a sign-out."""

    def end(self, key: str, who: str, now: float) -> None:
        """Only the browser forgets."""


class Forgetful(Sessions):
    """Keeps the sign-outs of this process only."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.with_name(f"{id(self)}.sqlite"))


CHECKS = {half_an_hour_of_nothing_ends_it: 15, eight_hours_end_it: 7, a_sign_out_holds: 5}


@pytest.mark.parametrize(
    "check", [pytest.param(c, id=c.__name__, marks=pytest.mark.case(n)) for c, n in CHECKS.items()]
)
def test_a_sign_in_ends(check: Callable[[Sessions], None], sessions: Sessions) -> None:
    check(sessions)


@pytest.mark.parametrize(
    ("check", "limit"),
    [
        pytest.param(eight_hours_end_it, "WHOLE_SECONDS", marks=pytest.mark.broken(7)),
        pytest.param(half_an_hour_of_nothing_ends_it, "IDLE_SECONDS", marks=pytest.mark.broken(15)),
    ],
)
def test_a_list_without_that_limit_is_found_out(
    check: Callable[[Sessions], None],
    limit: str,
    sessions: Sessions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"lib.access.sessions.{limit}", 2**40)
    with pytest.raises(AssertionError):
        check(sessions)


@pytest.mark.broken(5)
@pytest.mark.parametrize("kind", [Forgiving, Forgetful])
def test_a_list_that_forgets_sign_outs_is_found_out(kind: type[Sessions], tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        a_sign_out_holds(kind(tmp_path / "sign-ins.sqlite"))


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


def test_a_screen_that_asks_by_itself_keeps_nobody_signed_in(sessions: Sessions) -> None:
    sessions.use("a", "甲", NOON, NOON)
    for minute in range(1, 31):
        assert sessions.use("a", "甲", NOON, NOON + minute * MINUTE, idle=True).ended == ""
    assert sessions.use("a", "甲", NOON, NOON + IDLE_SECONDS + 1, idle=True).ended == IDLE
