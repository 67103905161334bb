"""Lakes with other figures, records, and a robot that really listens."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lib.notices.record import Record
from lib.settings import bulletins_dir, lake_dir
from lib.store.lake import Lake
from lib.store.release import Release
from tests.drafts import draft_from_bytes
from tests.synthetic import synthetic_files

NOW = dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC)


def shipped(name: str) -> str:
    """A shipped file of 2022H1."""
    return (bulletins_dir() / "2022H1" / name).read_text(encoding="utf-8-sig")


def publish(name: str, *changes: tuple[str, str]) -> Release:
    """A shipped file with some of its text replaced, published."""
    text = shipped(name)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return Lake(lake_dir()).publish([draft_from_bytes(text.encode(), name)], by="测试")


def publish_period(period: str, without: Sequence[str] = ()) -> Release:
    """An invented period, but for some of its files; needs `TONGBAO_DEMO=1`."""
    files = {
        name: content
        for name, content in synthetic_files(period).items()
        if not name.endswith(tuple(without) or "\0")
    }
    drafts = [draft_from_bytes(content, name) for name, content in files.items()]
    return Lake(lake_dir()).publish(drafts, by="测试", mode="replace")


def record(subject: str = "education", rule: str = "overdue_department", **more: Any) -> Record:
    """An open record, as if it had begun at NOW."""
    told = {
        "period": "2022H1", "title": "部门出现网办超期", "severity": "关注", "figure": "1件",
        "sentence": "市教育局网办超期件数1件（多于0件即提醒）。", "release": "R0001", "since": NOW,
        "address": "trace?of=overdue_count~education~2022H1&release=R0001&period=2022H1",
    }  # fmt: skip
    return Record(rule=rule, subject=subject, **told | more)


OK = (200, b'{"errcode":0,"errmsg":"ok"}')
HANG, CUT = "hang", "cut"
Answer = tuple[int, bytes] | str


@dataclass
class Robot:
    """What a local server was sent, and what it answers in turn; OK when nothing else is left.

    received: (path with its query, JSON document), of everything answered with OK
    """

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: int = 0
    received: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The texts of the messages it took."""
        markdown = [document["markdown"] for _, document in self.received]
        return [one.get("content") or one["text"] for one in markdown]

    def lines(self, what: str) -> list[str]:
        """The lines of all messages that tell so: 新增, 仍在, 恢复."""
        return [line for text in self.texts for line in text.split("\n") if f"**{what}｜" in line]


@contextmanager
def robot(*answers: Answer) -> Iterator[Robot]:
    """A group robot on this machine."""
    here, lock = Robot(answers=list(answers)), threading.Lock()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                here.asked += 1
                answer = here.answers.pop(0) if here.answers else OK
                if answer == OK:
                    here.received.append((self.path, json.loads(body)))
            if answer == HANG:
                ended.wait(20)
            elif answer == CUT:
                self.close_connection = True
            else:
                status, content = answer
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", content.decode())
                    content = b""
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    here.url = f"http://127.0.0.1:{server.server_port}/cgi-bin/webhook/send?key=geheim-693a91f6"
    try:
        yield here
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


@dataclass
class Clock:
    """A clock that is set by hand; pauses are noted and take no time."""

    now: dt.datetime = NOW
    paused: list[float] = field(default_factory=list)

    def __call__(self) -> dt.datetime:
        return self.now

    def pause(self, seconds: float) -> None:
        """Note that somebody waits, if it is for any time."""
        self.paused += [seconds] if seconds else []

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(**span)


def waited_for(condition: Any, seconds: float = 60) -> None:
    """Until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)
