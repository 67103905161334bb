"""A damaged release is named, the last whole one is shown, links stay honest."""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lib.catalog.places import DISTRICT_IDS
from lib.links import document_address, download_address
from lib.meeting.rehearsal import kept_rehearsals, plan, planned_from
from lib.selection import Selection
from lib.server import check_files, load_figures, load_release
from lib.settings import bulletins_dir, lake_dir
from lib.store.lake import Lake
from lib.store.rehearsals import Planned, Rehearsal
from tests.drafts import draft_from_bytes
from tests.inside import get
from tests.kept import first_release
from tests.pages.test_pages import headlines, opened, tables, words

NOTICE = (
    "版本 R0002 的文件损坏（畅通办专员 2022H1 的数据文件内容与发布时不同），"
    "现在显示上一个完好版本 R0001；请管理员运行 python -m lib verify。"
)
NEW = Selection("R0002", "2022H1", DISTRICT_IDS)

pytestmark = pytest.mark.case(69)


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """R0001 with 775 trained, R0002 with 800, whose rows are damaged after it was looked at."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    lake, file = Lake(lake_dir()), bulletins_dir() / "2022H1" / "staff.csv"
    changed = file.read_text(encoding="utf-8-sig").replace("775", "800").encode()
    new = lake.publish([draft_from_bytes(changed, file.name)], by="测试", note="补报")
    shown = planned_from(plan(Selection("R0002", "2022H1")))
    planned = tuple(Planned(line.slide) for line in shown)
    kept_rehearsals().save(Rehearsal("会", "R0002", "2022H1", (), (), planned, "数据科"))
    assert "800" in headlines(opened())
    (path,) = lake.files(new)["staff"]
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[:100] + bytes(8) + content[108:])
    return lake


def test_a_visit_is_shown_the_last_whole_release_with_a_notice(damaged: Lake) -> None:
    app = opened()
    assert [str(error.value) for error in app.error] == [NOTICE]
    assert "775" in headlines(app)
    assert app.query_params["release"] == "R0001"
    assert not app.warning


def test_a_link_pinned_to_the_damaged_release_says_so_and_leads_on(damaged: Lake) -> None:
    app = opened(release="R0002", district=["溧阳市"])
    (error,) = app.error
    assert str(error.value).startswith("版本 R0002 · ")
    assert "的文件损坏（畅通办专员 2022H1 的数据文件内容与发布时不同），不能显示" in str(
        error.value
    )
    assert not headlines(app)
    next(b for b in app.button if b.label == "查看完好的版本 R0001").click().run()
    assert "140" in headlines(app)
    assert app.query_params["release"] == "R0001"
    assert app.session_state["selection"].chosen_districts == ("liyang",)


def test_an_older_link_is_shown_as_ever_and_what_is_damaged_is_said(damaged: Lake) -> None:
    file = bulletins_dir() / "2022H1" / "staff.csv"
    damaged.rollback("R0001", by="测试", note="损坏")
    changed = file.read_text(encoding="utf-8-sig").replace("775", "810").encode()
    new = damaged.publish([draft_from_bytes(changed, file.name)], by="测试")
    Path(damaged.files(new)["staff"][0]).unlink()
    app = opened(release="R0001")
    assert "775" in headlines(app)
    assert "版本 R0004 的文件损坏" in str(app.error[0].value)
    assert "最新的完好版本是 R0003" in str(app.error[0].value)
    assert "正在查看旧版本 R0001" in str(app.warning[0].value)


def test_pages_that_look_at_other_releases_open_beside_a_damaged_one(damaged: Lake) -> None:
    for page in ("templates", "verify", "trace", "trend", "meeting"):
        assert NOTICE in [str(error.value) for error in opened(page).error], page


def test_the_page_of_releases_marks_it_and_leads_back(damaged: Lake) -> None:
    app = opened("releases")
    assert "文件损坏：畅通办专员 2022H1 的数据文件内容与发布时不同" in tables(app)
    assert app.selectbox(key="newer").options[0].startswith("R0001")
    app.text_input[0].set_value("数据科")
    app.text_input[1].set_value("文件损坏")
    next(b for b in app.button if b.label == "回退").click().run()
    assert not app.exception
    assert damaged.releases()[0].restored == "R0001"
    assert not opened().error


def test_nobody_can_upload_on_top_of_it(damaged: Lake) -> None:
    app = opened("upload")
    assert any("不能在它上面发布" in str(error.value) for error in app.error)
    assert not app.get("file_uploader")


def test_files_decks_and_the_monitor_say_so(damaged: Lake) -> None:
    rehearsal = kept_rehearsals().all().rehearsals[0]
    for address in (
        download_address("staff", "csv", NEW),
        document_address("brief", NEW),
        f"deck/{rehearsal.id}",
    ):
        status, _, body = get(address)
        assert status == 503
        assert "版本 R0002 的文件损坏" in body.decode()
    status, _, body = get("healthz")
    assert (status, json.loads(body)) == (
        200,
        {"status": "ok", "release": "R0001", "damaged": "R0002"},
    )


def test_a_start_names_what_is_damaged_and_serves_the_rest(
    damaged: Lake, capsys: pytest.CaptureFixture[str]
) -> None:
    def started() -> list[dict[str, str]]:
        """What the log says of a start."""
        for step in (load_release, load_figures, check_files):
            step()
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    damaged.look_anew()
    ready, found = started()
    assert (ready["event"], ready["release"]) == ("ready", "R0001")
    assert found["said"].startswith("畅通办专员 2022H1 的数据文件内容与发布时不同（lake/staff/")
    for path in (damaged.path / "staff" / "_delta_log").glob("*.json"):
        path.unlink()
    said, ready, *_ = started()
    assert "python -m lib restore" in said["said"]
    assert ready["release"] == "none"


def test_without_any_whole_release_pages_say_what_to_do(damaged: Lake) -> None:
    for path in damaged.path.rglob("*.parquet"):
        if "releases" not in path.parts:
            path.unlink()
    from streamlit.testing.v1 import AppTest

    from tests.pages.test_pages import SHELL

    app = AppTest.from_file(str(SHELL), default_timeout=60).run()
    assert not app.exception
    assert "python -m lib restore" in str(app.error[0].value)
    status, _, body = get("healthz")
    assert (status, json.loads(body)) == (503, {"status": "damaged", "damaged": "R0002"})
    assert "没有报送" not in words(app)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_a_check_is_let_run_as_pages_are_that_wait_for_pythons_lock(damaged: Lake) -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    with ThreadPoolExecutor(1) as own:
        before = own.submit(priority).result()
        own.submit(check_files).result()
        assert own.submit(priority).result() == before
