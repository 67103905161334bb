"""A start: the server answers before anything heavy is imported; who needs the rest waits for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from lib.guards import MIDDLEWARE
from lib.routes import ROUTES
from lib.store.lake import Lake
from tests.security.tab import Tab
from tests.security.wire import asked, new_visit
from tests.server import ROOT, Server, running

HEAVY = {
    "altair", "deltalake", "docx", "duckdb", "jinja2", "numpy", "openpyxl", "pandas", "pptx",
    "pyarrow", "rich", "structlog", "typst", "vl_convert", "xlsxwriter",
}  # fmt: skip
# What `streamlit run app.py` does before it listens, and the first document.
LISTENING = """
import sys
import streamlit.web.bootstrap
import app
from lib.routes.start import document
document()
print(*{name.partition(".")[0] for name in sys.modules})
"""
PROMPTLY = 25  # seconds: less than a publish waits for the lock


@contextmanager
def loading(folder: Path) -> Iterator[tuple[Server, FileLock]]:
    """A server at its first start, as far as the lake's lock; give it back to let it go on."""
    lake, noted = folder / "data" / "lake", folder / "data" / "audit"
    lake.mkdir(parents=True)
    with (
        FileLock(lake / ".lock") as lock,
        running(folder, path="/healthz/live", seeded=False) as found,
    ):
        end = time.monotonic() + 60
        while not list(noted.glob("*.jsonl")):  # the publish, before it begins
            assert time.monotonic() < end, "it does not seed"
            time.sleep(0.1)
        yield found, lock


def shown(server: Server) -> str:
    """The texts of 总览, opened in a new browser."""
    with Tab(server.url, "", {"Cookie": new_visit(server.url)}) as tab:
        return tab.run().words


def events(server: Server) -> list[str]:
    """What happened, by the server's log."""
    lines = server.log.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines if line.startswith("{")]


def ended(pid: int) -> float:
    """Seconds until a process has ended; its parent has yet to ask how."""
    begun = time.monotonic()
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() - begun < 60, "it hangs"
        time.sleep(0.05)
    return time.monotonic() - begun


def test_nothing_heavy_is_imported_before_it_listens() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LISTENING], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    assert HEAVY & set(told.stdout.split()) == set()
    assert "streamlit" in told.stdout.split()


def test_while_it_loads_monitors_are_told_and_pages_wait_and_then_show(tmp_path: Path) -> None:
    with loading(tmp_path) as (server, lock), ThreadPoolExecutor(4) as pool:
        assert asked(server.url, "/healthz/live").status == 200
        for path in ("/healthz", "/healthz/ready"):
            answer = asked(server.url, path)
            told = {"status": "starting", "message": "正在启动，数据还没有准备好，请稍候。"}
            assert (answer.status, json.loads(answer.text)) == (503, told)
        for path in ("/", "/centers", "/no-such-page"):
            assert asked(server.url, path).status == 200
            assert 'aria-label="栏目"' in asked(server.url, path).text
        waiting = [
            pool.submit(asked, server.url, path)
            for path in (
                "/download/centers.csv?release=R0001&period=2022H1", "/deck/status", "/metrics",
            )
        ]  # fmt: skip
        waiting_page = pool.submit(shown, server)
        time.sleep(2)
        assert not any(one.done() for one in (*waiting, waiting_page))
        assert "ready" not in events(server)
        lock.release()
        assert [one.result(60).status for one in waiting] == [200, 200, 404]
        assert "2022年上半年政务服务总览" in waiting_page.result(60)
        assert asked(server.url, "/healthz/ready").status == 200
        assert asked(server.url, "/").headers["location"] == "?release=R0001&period=2022H1"


def test_a_stop_while_it_loads_begins_nothing_more_and_ends_promptly(tmp_path: Path) -> None:
    with loading(tmp_path) as (server, lock), ThreadPoolExecutor(1) as pool:
        waiting_page = pool.submit(shown, server)
        time.sleep(1)
        os.kill(server.pid, signal.SIGTERM)
        assert waiting_page.exception(PROMPTLY), "it was turned away"
        lock.release()
        assert ended(server.pid) < PROMPTLY
        assert events(server)[-1] == "stopped"
        assert "ready" not in events(server)
        assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert Lake(tmp_path / "data" / "lake").fallback() is None


def test_a_stop_waits_for_no_writer(tmp_path: Path) -> None:
    with loading(tmp_path) as (server, _):
        os.kill(server.pid, signal.SIGTERM)
        assert ended(server.pid) < 2 * PROMPTLY


def test_what_cannot_be_seeded_is_logged_and_pages_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "bulletins" / "2022H1").mkdir(parents=True)
    (tmp_path / "bulletins" / "2022H1" / "staff.csv").write_bytes(b"\x00")
    with running(tmp_path, seeded=False, TONGBAO_BULLETINS=str(tmp_path / "bulletins")) as server:
        answer = asked(server.url, "/healthz/ready")
        assert (answer.status, json.loads(answer.text)["status"]) == (503, "empty")
        assert "not loaded" in events(server)
        assert "还没有任何数据版本，请在服务器上运行 python -m lib seed" in shown(server)


def test_every_route_and_guard_that_comes_later_is_there() -> None:
    from importlib import import_module

    places = [one.kwargs["guard"] for one in MIDDLEWARE if "guard" in one.kwargs]
    places += [route.endpoint.__name__ for route in ROUTES if ":" in route.endpoint.__name__]
    assert len(places) == 11
    for place in places:
        module, _, name = place.partition(":")
        assert callable(getattr(import_module(module), name)), place
