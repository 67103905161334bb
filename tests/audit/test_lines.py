"""What a line holds and what it never does, and how lines are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.audit.folder import month_files
from lib.audit.listing import COLUMNS, as_csv, cells, matching
from lib.audit.recording import audit_log, record
from lib.audit.verify import verify
from lib.audit.words import Noted


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty data folder of this test's own."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("联系人：王小明 13912345678", "［个人信息已略去］"),
        ("身份证320402199001011234", "［个人信息已略去］"),
        ("长" * 5000, "…"),
        ("第一行\n{\"seq\":1}", "第一行\n{\"seq\":1}"),
        ("半个字\ud83d", "半个字?"),
    ],
)  # fmt: skip
def test_a_line_holds_no_private_numbers_no_content_and_no_second_line(
    said: str, kept: str
) -> None:
    assert record(Noted.UPLOAD, who=said, what=said, reason=said)
    event = next(matching(audit_log().folder)).event
    assert kept in event.what
    for text in (event.who, event.what, event.reason):
        assert "13912345678" not in text
        assert "320402199001011234" not in text
        assert len(text) <= 300
    assert verify(audit_log().folder).damage is None
    assert len(list(matching(audit_log().folder))) == 1


def test_every_line_is_a_json_object_of_named_values() -> None:
    record(Noted.UPLOAD, who="值班岗", what="预警.csv")
    record(Noted.DENIED, who="值班岗", what="操作日志")
    (path,) = month_files(audit_log().folder)
    for line in path.read_text(encoding="utf-8").splitlines():
        assert list(json.loads(line)) == [
            "seq", "at", "action", "who", "what", "role", "release", "result", "reason", "prev", "hash",
        ]  # fmt: skip


def test_the_file_a_spreadsheet_opens_runs_no_formula() -> None:
    record(Noted.UPLOAD, who="=cmd()", what="+1-2", reason="@x")
    rows = as_csv(matching(audit_log().folder)).decode("utf-8-sig").splitlines()
    assert rows[0].split(",") == [*COLUMNS, "指纹"]
    assert "'=cmd()" in rows[1]
    assert "'+1-2" in rows[1]
    assert "'@x" in rows[1]
    newest = next(matching(audit_log().folder))
    assert (cells(newest)[2], rows[1].endswith(newest.hash)) == ("=cmd()", True)


@pytest.mark.parametrize("action", list(Noted))
def test_every_action_can_be_asked_for(action: Noted) -> None:
    record(action, who="值班岗", what="试")
    record(Noted.UPLOAD if action != Noted.UPLOAD else Noted.EXPORT, who="值班岗", what="别的")
    found = list(matching(audit_log().folder, action))
    assert found[0].event.what == "试"
    assert {entry.event.action for entry in found} == {action}
    assert list(matching(audit_log().folder, action, found[0].day)) == found
