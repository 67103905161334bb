"""Who the API answers: everybody who may see the pages, and programs with a token."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.access.roles import ALLOWED, Action, Role
from lib.access.tokens import tokens
from lib.audit.listing import matching
from lib.audit.recording import audit_log
from lib.audit.words import Noted
from lib.counters import REFUSED
from lib.seed import ensure_seeded
from tests.api.asking import ask
from tests.inside import get
from tests.security.conftest import ACCOUNTS, people_file

DAY = 24 * 3600


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own, with the first release."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    ensure_seeded()
    return tmp_path


@pytest.fixture
def signed(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """People sign in at a proxy."""
    people_file(own_data, "查看")
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")
    return own_data


def issued(name: str = "大屏", role: Role = Role.VIEWER, days: int = 1, ago: float = 0) -> str:
    return tokens().issue(name, role, days, time.time() - ago)


def refused_count() -> float:
    samples = [s for metric in REFUSED.collect() for s in metric.samples]
    return sum(
        s.value for s in samples if s.name.endswith("_total") and s.labels == {"reason": "token"}
    )


@pytest.mark.parametrize("client", ["127.0.0.1", "10.9.9.9"])
def test_where_nobody_signs_in_whoever_sees_the_pages_is_answered(client: str) -> None:
    assert ask("/facts", client=client).status == 200


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("address", ["/facts", "/releases", "/metrics", "/openapi.json", "/nope"])
def test_where_people_sign_in_nobody_else_is_told_anything(address: str) -> None:
    reply = ask(address)
    assert reply.problem[:2] == (401, None)
    assert reply.headers["www-authenticate"] == 'Bearer realm="tongbao"'
    assert b"R0001" not in reply.body


@pytest.mark.usefixtures("signed")
def test_a_session_is_enough() -> None:
    assert ask("/facts", x_remote_user=ACCOUNTS["查看"]).status == 200


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("client", ["127.0.0.1", "10.9.9.9"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_a_token_is_enough(client: str, scheme: str) -> None:
    reply = ask("/facts", client=client, authorization=f"{scheme} {issued()}")
    assert reply.status == 200
    assert reply.json["release"] == "R0001"


def wrong() -> Iterator[str]:
    """What is sent in place of a token that is taken."""
    good = issued("好的")
    yield from ("tb_x", "", good[:-1], good[3:], good.upper(), good + "x", "x" * 5_000)
    yield issued("过期", days=1, ago=2 * DAY)
    revoked = issued("撤销")
    tokens().revoke("撤销", time.time())
    yield revoked


@pytest.mark.parametrize("way", ["", "proxy"])
def test_a_wrong_token_never_falls_back_to_anybody(
    own_data: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Not even to whoever sits at this machine, or to a session that came with it."""
    people_file(own_data, "查看")
    monkeypatch.setenv("TONGBAO_SIGN_IN", way)
    for text in wrong():
        before = refused_count()
        reply = ask("/facts", authorization=f"Bearer {text}", x_remote_user=ACCOUNTS["查看"])
        assert reply.problem[0] == 401, text
        assert 'error="invalid_token"' in reply.headers["www-authenticate"]
        assert refused_count() == before + 1
        assert not text or text not in reply.body.decode()


def test_why_a_token_is_not_taken_is_said_to_whoever_has_it() -> None:
    gone = issued("旧屏", ago=2 * DAY)
    assert "令牌“旧屏”已到期" in ask("/facts", authorization=f"Bearer {gone}").problem[2]
    assert "令牌不对" in ask("/facts", authorization="Bearer tb_x").problem[2]


def test_two_tokens_are_none() -> None:
    status, _, _ = get_with_two(f"Bearer {issued()}", "Bearer tb_x")
    assert status == 401


def get_with_two(one: str, other: str) -> tuple[int, dict[str, str], bytes]:
    """A request with two Authorization headers; `Authorization` and `authorization` are one name."""
    return get("/api/v1/facts", authorization=one, Authorization=other)


@pytest.mark.usefixtures("signed")
def test_a_token_opens_nothing_but_the_api_and_never_stands_in_an_address() -> None:
    good = issued()
    for address in ("/deck/none", "/document/brief"):
        assert get(address, authorization=f"Bearer {good}")[0] == 401
    assert ask(f"/facts?token={good}").status == 401
    assert ask(f"/facts?token={good}", authorization=f"Bearer {good}").problem[1] == "token"


@pytest.mark.parametrize("role", list(Role))
def test_a_tokens_role_decides(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    good = issued(role=role)
    assert ask("/facts", authorization=f"Bearer {good}").status == 200
    monkeypatch.setitem(ALLOWED, role, ALLOWED[role] - {Action.TAKE})
    status, _, detail = ask("/facts", authorization=f"Bearer {good}").problem
    assert (status, f"您现在的角色是“{role}”" in detail) == (403, True)


def test_use_is_noted_once_and_the_token_never(own_data: Path) -> None:
    good = issued("报表系统")
    for _ in range(3):
        assert ask("/facts?format=csv", authorization=f"Bearer {good}").status == 200
        assert ask("/facts", authorization="Bearer tb_nonsense").status == 401
    lines = [entry.event for entry in matching(audit_log().folder)]
    taken = [line for line in lines if line.who == "令牌“报表系统”"]
    assert [(line.action, line.what, line.release) for line in taken] == [
        (Noted.EXPORT, "接口：全部数（csv）", "R0001")
    ]
    kept = b"".join(path.read_bytes() for path in (own_data / "audit").iterdir())
    assert good.encode() not in kept
    assert b"tb_nonsense" not in kept


def test_a_proposal_is_not_in_the_api(own_data: Path) -> None:
    from lib.access.roles import MACHINE
    from lib.actions import propose
    from lib.submission import receive
    from tests.security.conftest import DRAFT, SECRET

    got = receive(DRAFT.encode(), "金坛.csv", sender="jintan", choices={})
    draft = propose(MACHINE, [got], mode="merge", by="金坛数据岗", sender="jintan").id
    for address in (
        f"/facts?release={draft}",
        f"/releases/{draft}",
        "/releases",
        "/facts?limit=5000",
    ):
        reply = ask(address, authorization=f"Bearer {issued(address[:12], Role.ADMIN)}")
        assert SECRET.encode() not in reply.body
        assert draft.encode() not in reply.body or reply.status in (400, 404)
