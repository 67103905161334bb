"""What people are told where charts cannot be drawn: a sentence, and no half document."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lib.charts.renderer import RENDERER
from lib.links import document_address
from lib.meeting.rehearsal import kept_rehearsals
from lib.selection import Selection
from tests.cli.command import cli
from tests.inside import get
from tests.meeting.plans import rehearsal

ODD = Selection("R0001", "2022H1", ("liyang", "jintan"))  # nothing of it was drawn before
SENTENCE = "图表没有画出来（画图的程序起不来：文件或文件夹不存在）。请稍后再试"


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that starts no process for charts."""
    RENDERER.close()
    monkeypatch.setattr("sys.executable", "/nowhere/python")


def test_a_web_page_is_not_made() -> None:
    status, headers, body = get(document_address("html", ODD))
    assert (status, headers["content-type"].partition(";")[0]) == (503, "text/plain")
    assert SENTENCE in body.decode()


def test_a_deck_is_not_shown() -> None:
    kept = kept_rehearsals().save(rehearsal("view:centers", at=ODD))
    status, _, body = get(f"deck/{kept.id}")
    assert status == 503
    assert SENTENCE in body.decode()


def test_the_command_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    words = ["report", "html", "--district", "溧阳", "--district", "金坛", "-o", str(file)]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2
    assert SENTENCE in result.output
    assert not file.exists()
