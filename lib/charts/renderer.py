"""Vega specs become SVG text in a process of their own, which is kept for those that follow.

Vega-Lite is drawn by a JavaScript engine of 110 MB that holds Python's lock while it works: in this
process every page would stand still for as long as a chart takes.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from lib.disk_errors import trouble
from lib.not_made import NotMadeError

_CHILD = Path(__file__).parent / "renderer_child.py"
_PATIENCE = 60  # seconds for one chart, which takes a tenth of a second, the first one half of one
_KEPT = 120  # seconds without a chart to draw, after which the child's memory is given back


class NotDrawnError(NotMadeError):
    """Nothing can be drawn now."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"图表没有画出来（{why}）。请稍后再试；仍不行，请管理员检查服务器的内存和安装。"
        )


class Renderer:
    """One child that draws for all, one chart at a time; started when first wanted.

    kept: seconds for which a child with nothing to do stays; on Windows it stays as long as we do
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._code: int | None = None  # what the last child ended with

    def svg(self, spec: dict[str, Any], config: dict[str, Any]) -> str:
        """A Vega-Lite spec under a config as an `<svg>` element; nothing is fetched for it.

        Raises ValueError for a spec that cannot be drawn, NotDrawnError where nothing can be.
        """
        asked = json.dumps([spec, config]).encode() + b"\n"
        with self._lock:
            # A child may have left as this was sent: unwanted for long, or killed. Once, that is.
            answer = self._asked(asked) or self._asked(asked)
        if answer is None:
            raise NotDrawnError(f"画图的程序两次中断，退出代码 {self._code}")
        if "problem" in answer:
            raise ValueError(answer["problem"])
        return answer["svg"]

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    def _asked(self, line: bytes) -> dict[str, str] | None:
        """The child's answer; None where it gave none, and is gone. Raises NotDrawnError."""
        child = self._child = self._child or self._started()
        assert child.stdin
        assert child.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(_PATIENCE, stop)
        clock.start()
        answer: dict[str, str] | None = None
        try:
            with suppress(OSError, ValueError):  # a closed pipe, half a line
                child.stdin.write(line)
                child.stdin.flush()
                answer = json.loads(child.stdout.readline())
        finally:
            clock.cancel()
            if answer is None:  # nothing it may still say is an answer to the next
                self._end(leaving=1)
        if answer is None and late.is_set():
            raise NotDrawnError(f"{_PATIENCE}秒内没有画完")
        return answer

    def _end(self, leaving: float = 0) -> None:
        """End the child; `leaving`: seconds for one that has left by itself, to know how."""
        if self._child:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(leaving)
            self._child.kill()
            self._child.communicate()
            self._code, self._child = self._child.returncode, None

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", str(_CHILD), str(self._kept)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise NotDrawnError(f"画图的程序起不来：{trouble(error)}") from error


RENDERER = Renderer()
atexit.register(RENDERER.close)
