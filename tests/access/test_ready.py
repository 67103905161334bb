"""A server whose sign-in anybody could forge does not start."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import pytest

from lib.access.ready import EXAMPLES, LEAST_BYTES, problems
from lib.settings import ROOT

GOOD = {
    "redirect_uri": "https://tongbao.example.gov.cn/oauth2callback",
    "client_id": "tongbao",
    "client_secret": "s",
    "server_metadata_url": "https://idp.example.gov.cn/.well-known/openid-configuration",
    "cookie_secret": secrets.token_hex(32),
}


@pytest.fixture(autouse=True)
def oidc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.toml").write_text("people = []", encoding="utf-8")
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    monkeypatch.setenv("TONGBAO_SIGN_IN", "oidc")


def test_a_whole_section_with_a_random_secret_will_do() -> None:
    assert problems(GOOD) == []


def is_named(change: dict[str, str], said: str) -> None:
    """What is wrong is among the reasons not to start."""
    assert said in "；".join(problems(GOOD | change))


SHORT = {"cookie_secret": secrets.token_hex(LEAST_BYTES // 2 - 1)}


@pytest.mark.case(8)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cookie_secret": ""}, "缺少 cookie_secret"),
        (SHORT, "只有30个字节，至少要32个"),
        ({"cookie_secret": "a" * 64}, "是示例或太简单"),
        *(({"cookie_secret": example}, "是示例或太简单") for example in sorted(EXAMPLES)),
        ({"client_id": ""}, "缺少 client_id"),
    ],
)
def test_anything_less_is_named(change: dict[str, str], said: str) -> None:
    is_named(change, said)


@pytest.mark.broken(8)
@pytest.mark.parametrize(
    ("name", "weaker", "change", "said"),
    [
        ("LEAST_BYTES", 0, SHORT, "至少要"),
        ("EXAMPLES", frozenset(), {"cookie_secret": "your-secret"}, "是示例或太简单"),
    ],
)
def test_a_weaker_rule_is_found_out(
    name: str, weaker: object, change: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"lib.access.ready.{name}", weaker)
    with pytest.raises(AssertionError):
        is_named(change, said)


def test_no_section_no_people_and_a_wrong_word_are_named(tmp_path, monkeypatch) -> None:
    assert "没有 [auth]" in problems(None)[0]
    (tmp_path / "people.toml").unlink()
    assert "找不到人员名单" in problems(GOOD)[0]
    monkeypatch.setenv("TONGBAO_SIGN_IN", "ldap")
    assert problems(GOOD) == ["TONGBAO_SIGN_IN 只能是 oidc、proxy，或不设"]


@pytest.mark.case(8)
def test_every_secret_written_in_the_project_counts_as_an_example() -> None:
    shown = set()
    for pattern in ("*.md", ".streamlit/*", "deploy/*"):
        for path in ROOT.glob(pattern):
            shown |= set(re.findall(r'cookie_secret\s*=\s*"([^"]*)"', path.read_text("utf-8")))
    assert shown <= EXAMPLES
