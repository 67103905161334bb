"""The three ways in: who a caller is by each, and who is nobody."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lib.access.roles import MACHINE, VISITOR, Role
from lib.access.sessions import OVER, SIGNED_OUT, WHOLE_SECONDS
from lib.access.ways import LIST_WRONG, Caller, account, leave, session_key, visitor

PEOPLE = """
[[people]]
account = "ly@example.gov.cn"
name = "溧阳填报岗"
role = "填报"
places = ["溧阳市"]
"""


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a list of people."""
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    return tmp_path


def caller(
    bound: str = "127.0.0.1", peer: str | None = "127.0.0.1", claims: dict | None = None, **headers
) -> Caller:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Caller(bound, peer, named, claims or {})


def claims(**more) -> dict:
    return {
        "is_logged_in": True, "sub": "7", "email": "LY@example.gov.cn", "email_verified": True, "iat": int(time.time()), **more
    }  # fmt: skip


def test_whoever_sits_at_the_machine_is_its_administrator() -> None:
    assert visitor(caller()).person == MACHINE
    assert visitor(caller(peer=None)).person == MACHINE
    assert visitor(caller("localhost", "::1")).person == MACHINE


@pytest.mark.parametrize(
    "one",
    [
        caller("0.0.0.0"),
        caller("10.1.2.3"),
        caller(peer="10.9.9.9"),
        caller(x_forwarded_for="10.9.9.9"),
        caller(forwarded="for=10.9.9.9"),
        caller(x_real_ip="10.9.9.9"),
    ],
)
def test_whoever_may_come_over_the_network_only_looks(one: Caller) -> None:
    assert visitor(one).person == VISITOR


def test_a_signed_in_account_is_who_the_list_says(signed, monkeypatch) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")
    found = visitor(caller("0.0.0.0", "10.9.9.9", claims()))
    assert found.person is not None
    assert (found.person.role, found.person.places) == (Role.REPORTER, {"liyang"})


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({}, "请先登录"),
        (claims(email="nobody@example.gov.cn"), "账号 nobody@example.gov.cn 还没有开通"),
        (claims(email_verified=False), "账号 7 还没有开通"),
        (claims(iat=int(time.time()) - WHOLE_SECONDS - 60), OVER),
        (claims(iat=None), OVER),
    ],
)
@pytest.mark.case(7)
def test_nobody_else_comes_in(signed, monkeypatch, held: dict, said: str) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")
    found = visitor(caller(claims=held))
    assert found.person is None
    assert said in found.why


@pytest.mark.case(4)
def test_a_role_that_was_taken_away_is_gone_at_the_next_message(signed, monkeypatch) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")
    mine = claims()
    assert visitor(caller(claims=mine)).person
    (signed / "people.toml").write_text("people = []", encoding="utf-8")
    assert visitor(caller(claims=mine)).person is None


@pytest.mark.case(5)
def test_a_sign_in_that_was_left_is_refused_wherever_its_cookie_is_shown(
    signed, monkeypatch
) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")
    mine = claims()
    leave(visitor(caller(claims=mine)))
    assert visitor(caller(claims=mine)).why == SIGNED_OUT
    assert visitor(caller(claims={**mine, "exp": 1})).why == SIGNED_OUT  # the same sign-in
    assert visitor(caller(claims={**mine, "iat": mine["iat"] + 1})).person  # a new one


def test_a_proxy_on_this_machine_names_people_in_a_header(signed, monkeypatch) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")
    found = visitor(caller(x_remote_user="LY@example.gov.cn", x_forwarded_for="10.9.9.9"))
    assert found.person
    assert found.person.role is Role.REPORTER


SPOOFED = [
    caller(peer="10.9.9.9", x_remote_user="ly@example.gov.cn"),
    caller(bound="0.0.0.0", x_remote_user="ly@example.gov.cn"),
]


@pytest.mark.case(13)
@pytest.mark.parametrize("one", [caller(x_forwarded_for="10.9.9.9"), *SPOOFED])
def test_nobody_names_themselves(signed, monkeypatch, one: Caller) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")
    assert visitor(one).person is None


@pytest.mark.broken(13)
@pytest.mark.parametrize("one", SPOOFED)
def test_where_every_address_counts_as_this_machine_they_would(
    signed, monkeypatch, one: Caller
) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")
    monkeypatch.setattr("lib.access.ways._is_loopback", lambda _: True)
    assert visitor(one).person is not None


def test_an_open_page_behind_a_proxy_ends_like_any_sign_in(signed, monkeypatch) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")
    here = caller(x_remote_user="ly@example.gov.cn")
    found = visitor(here, "page-1")
    assert found.person
    leave(found)
    assert visitor(here, "page-1").why == SIGNED_OUT
    assert visitor(here).person


def test_a_sign_in_is_known_by_what_is_its_own() -> None:
    one = claims()
    assert session_key(one) == session_key({**one, "exp": 5, "tokens": {"id": "x"}})
    assert session_key(one) != session_key({**one, "iat": one["iat"] + 1})
    assert account({"sub": "7", "email": "A@b.cn", "email_verified": False}) == "7"
    assert account({"sub": "7", "email": "A@b.cn"}) == "7"


@pytest.mark.parametrize(
    "text", ['[[people]]\naccount = "zhang"\nname = "岗"\nrole = ["x"]\n', "[[people"]
)
def test_what_is_wrong_with_the_list_is_told_in_the_log_only(
    signed, monkeypatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")
    (signed / "people.toml").write_text(text, encoding="utf-8")
    assert visitor(caller(claims=claims())).why == LIST_WRONG
    assert "people.toml" in (said := capsys.readouterr().err) or "zhang" in said
