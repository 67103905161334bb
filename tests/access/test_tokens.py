"""The list of tokens: what is kept, who is let in, and for how long."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path

import pytest

from lib.access.roles import Role
from lib.access.tokens import UNKNOWN, TokenError, Tokens, token_visitor

NOON = 1_800_000_000.0
DAY = 24 * 3600


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "access" / "tokens.sqlite")


def test_a_token_is_long_random_and_kept_only_as_a_fingerprint(
    tokens: Tokens, tmp_path: Path
) -> None:
    one, other = (tokens.issue(name, Role.VIEWER, 30, NOON) for name in ("大屏", "报表"))
    assert one != other
    assert re.fullmatch(r"tb_[A-Za-z0-9_-]{43}", one)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "access").iterdir())
    assert one.encode() not in kept
    assert one.removeprefix("tb_").encode() not in kept


def test_a_token_is_its_name_role_and_end(tokens: Tokens) -> None:
    text = tokens.issue(" 大屏 ", Role.REVIEWER, 30, NOON)
    found = tokens.found(text)
    assert found is not None
    assert (found.name, found.role, found.tail) == ("大屏", Role.REVIEWER, text[-4:])
    assert (found.issued, found.ends) == (NOON, NOON + 30 * DAY)
    assert (found.person.name, found.person.role) == ("令牌“大屏”", Role.REVIEWER)


def test_it_ends_with_its_last_day(tokens: Tokens) -> None:
    found = tokens.found(tokens.issue("大屏", Role.VIEWER, 30, NOON))
    assert found is not None
    assert found.over(NOON + 30 * DAY - 1) == ""
    assert "已到期" in found.over(NOON + 30 * DAY)


def test_it_ends_when_it_is_revoked_and_another_of_its_name_may_come(tokens: Tokens) -> None:
    text = tokens.issue("大屏", Role.VIEWER, 30, NOON)
    tokens.revoke("大屏", NOON + 1)
    found = tokens.found(text)
    assert found is not None
    assert "已撤销" in found.over(NOON + 2)
    fresh = tokens.found(tokens.issue("大屏", Role.VIEWER, 30, NOON + 2))
    assert fresh is not None
    assert fresh.over(NOON + 3) == ""
    assert [token.revoked for token in tokens.all()] == [None, NOON + 1]


def test_one_name_is_one_token_at_a_time(tokens: Tokens) -> None:
    tokens.issue("大屏", Role.VIEWER, 1, NOON)
    with pytest.raises(TokenError, match="已有名为“大屏”的令牌"):
        tokens.issue("大屏", Role.VIEWER, 1, NOON + 1)
    tokens.issue("大屏", Role.VIEWER, 1, NOON + 2 * DAY)  # the first has ended


@pytest.mark.parametrize("name", ["", "  ", "长" * 41, "a\nb", "a\x00"])
def test_a_name_is_short_and_on_one_line(tokens: Tokens, name: str) -> None:
    with pytest.raises(TokenError, match="不写姓名"):
        tokens.issue(name, Role.VIEWER, 1, NOON)
    assert tokens.all() == []


def test_only_a_token_that_is_taken_can_be_revoked(tokens: Tokens) -> None:
    tokens.issue("大屏", Role.VIEWER, 1, NOON)
    for name, now in (("小屏", NOON), ("大屏", NOON + 2 * DAY)):
        with pytest.raises(TokenError, match="没有有效的令牌"):
            tokens.revoke(name, now)


def changed(text: str) -> list[str]:
    """Texts that are nearly that token."""
    last = "A" if text[-1] != "A" else "B"
    return [text[:-1], text[:-1] + last, text + "=", text.swapcase(), text[3:], f" {text}", ""]


def test_what_is_nearly_a_token_is_none(tokens: Tokens) -> None:
    text = tokens.issue("大屏", Role.VIEWER, 1, NOON)
    assert [tokens.found(one) for one in changed(text)] == [None] * len(changed(text))


def test_asking_makes_no_list(tokens: Tokens, tmp_path: Path) -> None:
    assert tokens.found("tb_x") is None
    assert list(tmp_path.iterdir()) == []


def test_a_visitor_with_a_token_is_the_tokens_or_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    tokens, now = Tokens(tmp_path / "access" / "tokens.sqlite"), time.time()
    good = tokens.issue("大屏", Role.VIEWER, 1, now)
    gone = tokens.issue("旧屏", Role.ADMIN, 1, now - 2 * DAY)
    assert token_visitor(good).person == tokens.all()[0].person
    assert token_visitor("tb_x").why == UNKNOWN
    ended = token_visitor(gone)
    assert (ended.person, ended.account) == (None, "令牌“旧屏”")
    assert "已到期" in ended.why


def test_a_token_that_was_made_up_in_the_list_is_worth_nothing(
    tokens: Tokens, tmp_path: Path
) -> None:
    """Whoever reads the list has fingerprints, and a fingerprint is no token."""
    tokens.issue("大屏", Role.VIEWER, 1, NOON)
    with sqlite3.connect(tmp_path / "access" / "tokens.sqlite") as db:
        (digest,) = db.execute("select digest from tokens").fetchone()
    db.close()
    assert tokens.found(digest) is None
