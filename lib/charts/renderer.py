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
from threading import Lock
from typing import Any

_CHILD = Path(__file__).parent / "renderer_child.py"
_PATIENCE = 60  # seconds for one chart, which takes a tenth of a second, the first one half of one
_KEPT = 120  # seconds without a chart to draw, after which the child's memory is given back


class Renderer:
    """One child that draws for all, one chart at a time; started when first wanted.

    kept: seconds for which a child with nothing to do stays; on Windows it stays as long as we do
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def svg(self, spec: dict[str, Any], config: dict[str, Any]) -> str:
        """A Vega-Lite spec under a config as an `<svg>` element; nothing is fetched for it.

        Raises ValueError for a spec that cannot be drawn, RuntimeError where nothing can be.
        """
        asked = json.dumps([spec, config]).encode() + b"\n"
        with self._lock:
            # A child may have left as this was sent: unwanted for long, or killed. Once, that is.
            line = self._asked(asked) or self._asked(asked)
        if not line:
            raise RuntimeError("the process that draws charts has ended twice")
        answer: dict[str, str] = json.loads(line)
        if "problem" in answer:
            raise ValueError(answer["problem"])
        return answer["svg"]

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    def _asked(self, line: bytes) -> bytes:
        """The child's answer, a whole line; empty where it gave none, and is gone."""
        child = self._child = self._child or self._started()
        assert child.stdin
        assert child.stdout
        late = threading.Timer(_PATIENCE, child.kill)
        late.start()
        answer = b""
        try:
            with suppress(OSError):  # a closed pipe
                child.stdin.write(line)
                child.stdin.flush()
                answer = child.stdout.readline()
        finally:
            late.cancel()
            whole = answer.endswith(b"\n")
            if not whole:  # nothing it may still say is an answer to the next
                self._end()
        return answer if whole else b""

    def _end(self) -> None:
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", str(_CHILD), str(self._kept)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip


RENDERER = Renderer()
atexit.register(RENDERER.close)
