"""What monitors are told: alive, ready, counters for this machine; and what the log holds."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

import pytest
import structlog

from lib import logs
from lib.counters import REQUESTS
from lib.settings import lake_dir
from lib.store import copies
from tests.inside import get
from tests.kept import first_release


@pytest.mark.parametrize("path", ["/healthz", "/healthz/ready"])
def test_ready_names_the_release(path: str) -> None:
    status, _, body = get(path)
    assert (status, json.loads(body)) == (200, {"status": "ok", "release": "R0001"})


def test_alive_but_not_ready_without_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    assert get("/healthz/live")[::2] == (200, b'{"status":"alive"}')
    status, _, body = get("/healthz/ready")
    assert (status, json.loads(body)["status"]) == (503, "empty")
    assert "python -m lib seed" in body.decode()


def test_a_copy_says_when_it_last_had_all_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    lake_dir().mkdir()
    copies.mark(lake_dir(), "s3://office/lake")
    nothing = json.loads(get("/healthz")[2])
    assert (nothing["status"], nothing["followed"]) == ("empty", None)
    assert "python -m lib follow s3://office/lake" in nothing["message"]
    (lake_dir() / copies.NAME).unlink()
    first_release(tmp_path)
    copies.mark(lake_dir(), "s3://office/lake")
    assert "（还没有取全）" in copies.refusal(lake_dir())
    os.utime(lake_dir() / copies.NAME, (60, 60))
    assert json.loads(get("/healthz")[2]) == {
        "status": "ok", "release": "R0001", "followed": "1970-01-01T08:01:00+08:00",
    }  # fmt: skip
    copies.looked(lake_dir())
    assert "1970" not in get("/healthz")[2].decode()


def test_counters_are_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAO_METRICS", "1")
    monkeypatch.setenv("TONGBAO_HOSTS", "tb.example.gov.cn")
    get("/healthz")
    status, _, body = get("/metrics")
    assert status == 200
    for name in (
        'tongbao_requests_total{part="healthz",status="200"}', "tongbao_refused_total",
        "tongbao_page_runs_total", "tongbao_errors_total", "tongbao_releases 1.0",
        "process_resident_memory_bytes",
    ):  # fmt: skip
        assert name in body.decode()
    assert get("/metrics", client="10.0.0.9")[0] == 404
    assert get("/metrics", host="tb.example.gov.cn")[0] == 404, "asked for by its public name"
    for header in ("x_forwarded_for", "x_real_ip", "forwarded"):
        assert get("/metrics", **{header: "10.0.0.9"})[0] == 404, "a proxy asks for another"


@pytest.mark.parametrize("value", ["0", None])
def test_counters_are_off_unless_asked_for(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TONGBAO_METRICS", raising=False)
    if value is not None:
        monkeypatch.setenv("TONGBAO_METRICS", value)
    assert get("/metrics")[0] == 404


def test_a_visitor_makes_no_label() -> None:
    for path in ("/made-up-by-me", "/x/y/z", "/'\"{}"):
        get(path)
    parts = {sample.labels["part"] for metric in REQUESTS.collect() for sample in metric.samples}
    assert parts <= {
        "_stcore", "api", "assets", "deck", "document", "download", "healthz", "media", "metrics", "page",
        "static",
    }  # fmt: skip


def test_a_line_is_an_object_in_our_time(capsys: pytest.CaptureFixture[str]) -> None:
    logs.log.info("ready", release="R0001", note="第一行\n第二行")
    [line] = capsys.readouterr().err.splitlines()
    held = json.loads(line)
    assert held.pop("time").endswith("+08:00")
    assert held == {"event": "ready", "level": "info", "release": "R0001", "note": "第一行\n第二行"}


def test_a_session_is_never_named(capsys: pytest.CaptureFixture[str]) -> None:
    session = "0f8fad5b-d9cb-469f-a165-70867728950e"
    logs.log.warning(f"session {session}", session=session.upper())
    assert session not in capsys.readouterr().err.lower()


def test_what_a_stranger_sent_stays_short_and_on_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert get("/x\n{}" + "y" * 5000, host="evil.example")[0] == 403
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["reason"] == "host"
    assert len(line) < 500


def test_errors_have_numbers_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = {logs.failed("page failed", ValueError("why")) for _ in range(50)}
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(numbers) == 50
    assert {line["error_id"] for line in lines} == numbers
    assert all("ValueError: why" in line["exception"] for line in lines)


def test_streamlits_own_lines_get_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("streamlit.of_this_test")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.propagate = False
    logs.adopt()
    logger.warning("session %s", "0f8fad5b-d9cb-469f-a165-70867728950e")
    held = json.loads(capsys.readouterr().err)
    assert (held["event"], held["level"], held["logger"]) == ("session …", "warning", logger.name)
    assert held["time"].endswith("+08:00")
    assert structlog.is_configured() is False, "no other library's log is touched"
