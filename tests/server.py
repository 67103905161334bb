"""The real server, as `make run` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import kept

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Server:
    """A running app: its address, what it prints, and its process."""

    url: str
    log: Path
    pid: int


def free_port() -> int:
    """A port nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _starting(url: str) -> bool:
    """Whether pages have to wait: the server does not listen yet, or is loading."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return False
    except urllib.error.HTTPError as refused:
        with refused:
            return b'"starting"' in refused.read()
    except OSError:
        return True


def _wait(url: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
    """Until pages are served."""
    end = time.monotonic() + seconds
    while _starting(url):
        assert process.poll() is None, "the server stopped at start"
        assert time.monotonic() < end, f"not ready within {seconds} s"
        time.sleep(0.2)


@contextmanager
def running(
    folder: Path,
    port: int = 0,
    root: Path = ROOT,
    script: str = "app.py",
    options: Sequence[str] = (),
    path: str = "/healthz/ready",
    seeded: bool = True,
    **settings: str,
) -> Iterator[Server]:
    """The app as `make run` starts it, on the given data folder and port, or a free one.

    root: the project's folder;  script, options: of `streamlit run`;
    path: what has to be there before the block begins
    seeded: there has been a first start already, where the folder is empty
    settings: environment variables of the server's own
    """
    log, port = folder / "server.log", port or free_port()
    if seeded and not (folder / "data" / "lake").exists() and kept.keeps():
        kept.first_release(folder / "data")
    with log.open("ab") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                script,
                "--server.port",
                str(port),
                *options,
            ],
            cwd=root,
            env=os.environ
            | {"TONGBAO_BULLETINS": str(ROOT / "data" / "bulletins")}
            | {"TONGBAO_DATA": str(folder / "data")}
            | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(url + path, process)
            yield Server(url, log, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=60)


@contextmanager
def restarted(
    folder: Path,
    port: int,
    root: Path = ROOT,
    *,
    gone: Callable[[], None],
    back: Callable[[], None],
    tries: int = 3,
) -> Iterator[None]:
    """A server that was there before, started again.

    gone: called before each start; returns once it is seen that there is no server
    back: called after it; asserts that within its time limit all is well again
    tries: of them one has to succeed, as a machine that is busy with other tests may hold one up
    """
    for left in reversed(range(tries)):
        gone()
        with running(folder, port, root):
            try:
                back()
            except AssertionError:
                if left:
                    continue
                raise
            yield
            return
