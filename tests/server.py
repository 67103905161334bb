"""The real server, as `make run` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Server:
    """A running app: its address, what it prints, its process."""

    url: str
    log: Path
    pid: int


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "the server stopped at start"
            time.sleep(0.2)
    raise AssertionError(f"no answer within {seconds} s")


@contextmanager
def running(
    folder: Path, port: int = 0, app: str = "app.py", options: Sequence[str] = ()
) -> Iterator[Server]:
    """The app on the given data folder and port, or a free one; `app` and `options` of `streamlit run`."""
    log, port = folder / "server.log", port or _free_port()
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(port), *options],
            cwd=ROOT,
            env=os.environ | {"TONGBAO_DATA": str(folder / "data")},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(url, process)
            yield Server(url, log, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)
