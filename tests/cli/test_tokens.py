"""Tokens by command: shown once, listed by their last characters, revoked, and noted."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from lib.access.tokens import tokens
from lib.audit.recording import audit_log
from tests.cli.command import run


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))


def noted() -> list[list[str]]:
    lines = [line.split("\t") for line in run("audit", "list").stdout.splitlines()]
    return [[line[2], line[4], line[5], line[7]] for line in lines]


def test_a_token_is_shown_once_and_then_only_its_end() -> None:
    made = run("token", "add", "大屏", "--days", "30")
    assert made.exit_code == 0
    text = made.stdout.strip()
    found = tokens().found(text)
    assert found is not None
    assert found.over(time.time()) == ""
    (row,) = json.loads(run("token", "list", "--json").stdout)
    assert (row["name"], row["role"], row["tail"], row["state"]) == (
        "大屏", "查看", f"…{text[-4:]}", "有效",
    )  # fmt: skip
    assert text not in run("token", "list").stdout
    assert run("token", "list").stdout.split("\t")[:3] == ["大屏", "查看", f"…{text[-4:]}"]


def test_issuing_and_revoking_are_noted_and_the_token_is_not() -> None:
    text = run("token", "add", "大屏", "--role", "复核").stdout.strip()
    assert run("token", "revoke", "大屏").stdout == "大屏\t已撤销\n"
    assert noted() == [
        ["本机", "撤销令牌", "“大屏”", "成功"],
        ["本机", "撤销令牌", "“大屏”", "开始"],
        ["本机", "发放令牌", "“大屏”，角色复核，365天", "成功"],
        ["本机", "发放令牌", "“大屏”，角色复核，365天", "开始"],
    ]
    kept = b"".join(path.read_bytes() for path in audit_log().folder.iterdir())
    assert text.encode() not in kept
    (row,) = json.loads(run("token", "list", "--json").stdout)
    assert row["state"].endswith("撤销")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["add", "大屏", "--role", "领导"], "没有角色“领导”，可选：查看、"),
        (["add", ""], "令牌的名称要有1到40个字"),
        (["revoke", "大屏"], "没有有效的令牌“大屏”"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: list[str], sentence: str) -> None:
    result = run("token", *words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert tokens().all() == []


def test_without_a_note_no_token_is_issued(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("not a folder")
    result = run("token", "add", "大屏")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "发放令牌要先记日志" in result.stderr
    assert tokens().all() == []
