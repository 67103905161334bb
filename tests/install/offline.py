"""A bundle's whole life on a machine without any network; prints what was seen as JSON.

Run as `python -m tests.install.offline <archive> <folder>`, in a network namespace of its own where
that is permitted.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.security.tab import Tab
from tests.security.wire import asked
from tests.server import free_port

_SET_FLAGS, _UP = 0x8914, 0x41
# Nothing of this machine's own way to packages.
NOWHERE = {
    "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CACHE_DIR": "/nonexistent",
}  # fmt: skip
CORRECTION = "截止日期,部门,预警件数,超期件数\n2022-06-30,市教育局,34,1\n"


def online() -> bool:
    """Whether this process can reach anything beyond this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
        return True


def loopback_up() -> None:
    """Turn on the loopback interface of a new namespace."""
    with socket.socket() as any_socket, suppress(OSError):
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))


def unpack(archive: Path, folder: Path, name: str) -> Path:
    """A bundle's folder under another name: an upgrade's is beside the old one."""
    with tarfile.open(archive) as held:
        top = held.getnames()[0].split("/")[0]
        held.extractall(folder, filter="tar")
    return (folder / top).rename(folder / name)


@contextmanager
def running(bundle: Path, log: Path) -> Iterator[str]:
    """A bundle's app from its start script until it is stopped; its address."""
    port = free_port()
    with log.open("ab") as out:
        process = subprocess.Popen(
            ["sh", bundle / "start.sh", "--port", str(port)], env=NOWHERE, stdout=out, stderr=out
        )
    url, end = f"http://127.0.0.1:{port}", time.monotonic() + 900
    try:
        while True:
            with suppress(OSError):
                if asked(url, "/healthz/ready").status == 200:
                    break
            assert process.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.3)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def live(url: str) -> str:
    """The release that is shown."""
    return str(json.loads(asked(url, "/healthz/ready").text)["release"])


def first_page(url: str) -> str:
    """What the first page says."""
    with Tab(url) as tab:
        return tab.run().text


def lib(bundle: Path, *words: str) -> str:
    """What the bundle's command line answers."""
    return subprocess.run(
        ["sh", bundle / "start.sh", "--run", *words], env=NOWHERE, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


def main(archive: Path, folder: Path) -> None:
    """Install, look, publish; upgrade, look; refuse a newer lake; uninstall both."""
    loopback_up()
    seen: dict[str, object] = {"online": online()}
    data, log = folder / "tongbao-data", folder / "log"
    old = unpack(archive, folder, "tongbao-old")
    with running(old, log) as url:
        seen["first release"], seen["page"] = live(url), first_page(url)
        pdf = asked(url, "/document/brief-pdf?release=R0001&period=2022H1")
        seen["pdf"] = (pdf.status, pdf.body[:5].decode("latin-1"))
        (folder / "预警.csv").write_text(CORRECTION, encoding="gbk")
        words = ("--period", "2022H1", "--by", "测试岗", "--mode", "merge")
        lib(old, "publish", str(folder / "预警.csv"), *words)
        seen["published"] = live(url)
    new = unpack(archive, folder, "tongbao-new")
    with running(new, log) as url:
        seen["after upgrade"] = live(url)
        metric = ("warning_count", "--department", "市教育局", "--period", "2022H1", "--json")
        seen["figure"] = json.loads(lib(new, "metric", *metric))
    form = data / "lake" / "FORM"
    kept = form.read_bytes()
    form.write_text("99\n")
    refused = subprocess.run(
        ["sh", old / "start.sh", "--port", str(free_port())],
        env=NOWHERE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    form.write_bytes(kept)
    seen["refused"] = (refused.returncode, refused.stderr)
    before = {str(p) for p in data.rglob("*")}
    for bundle in (old, new):
        subprocess.run(
            ["sh", bundle / "start.sh", "--uninstall"], env=NOWHERE, check=True, stdout=sys.stderr
        )
    seen["programs left"] = [bundle.name for bundle in (old, new) if bundle.exists()]
    seen["data left"] = {str(p) for p in data.rglob("*")} == before
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
