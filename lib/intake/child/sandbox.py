"""Reading an untrusted file in a child process that may crash, hang or swell without harm."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import file_digest
from pathlib import Path
from typing import Any

from lib.intake.child.wire import issues_to_json, load
from lib.intake.child.worker import ANNOTATED, OUT_OF_MEMORY
from lib.intake.choices import Choices
from lib.intake.files.filetype import plain_name
from lib.intake.files.limits import UPLOAD, Limits
from lib.intake.issues import Issue
from lib.intake.reading import Reading

Progress = Callable[[str, float], None]
_ROOT = Path(__file__).resolve().parents[3]
_GRACE = 2  # seconds of wall time above the processor time a child may use
_START = "import sys; sys.path.insert(0, {root!r}); from pathlib import Path; from lib.intake.child.worker import main; main(Path(sys.argv[1]))"
# How a child ends that has used up its processor time; on Windows only the clock stops one.
_SPENT = {-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name)}
_few = threading.BoundedSemaphore(2)  # children at a time; the others wait their turn
_FIX = "请拆小文件，或另存为CSV后再传"


def read_upload(
    content: bytes | Path,
    name: str,
    choices: Choices | None = None,
    limits: Limits = UPLOAD,
    progress: Progress | None = None,
) -> Reading:
    """Like `reading.read_file`, in a child with limits. Takes the bytes, or a file on this machine.

    Whatever the file does to the child, this returns; a child that was stopped gives one issue.
    """
    name = plain_name(name)
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    if size > limits.file_bytes:
        return _too_large(name, size, limits)
    with _folder(content) as (folder, path):
        job = {"task": "read", "path": str(path), "name": name, "choices": dict(choices or {})}
        problem = _run(job, folder, limits, progress or (lambda _stage, _done: None))
        return load(folder) if problem is None else _stopped(name, path, problem)


def annotate_upload(
    content: bytes | Path, issues: tuple[Issue, ...], limits: Limits = UPLOAD
) -> bytes:
    """Like `annotate.annotated`, in a child with limits; the list alone where the file resists."""
    with _folder(content) as (folder, path):
        job = {"task": "annotate", "path": str(path), "issues": issues_to_json(issues)}
        if _run(job, folder, limits, lambda _stage, _done: None) is None:
            return (folder / ANNOTATED).read_bytes()
    from lib.intake.annotate import annotated

    return annotated(b"", issues, limits)


@contextmanager
def _folder(content: bytes | Path) -> Iterator[tuple[Path, Path]]:
    """A folder for one child, and the file it is to read."""
    folder = Path(tempfile.mkdtemp(prefix="tongbao-read-"))
    try:
        path = content.resolve() if isinstance(content, Path) else folder / "input"
        if isinstance(content, bytes):
            path.write_bytes(content)
        yield folder, path
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # mapped tables stay readable on Linux


def _run(job: dict[str, Any], folder: Path, limits: Limits, progress: Progress) -> str | None:
    """Run a child to its end; a sentence where it was stopped or died."""
    job = {**job, "limits": asdict(limits)}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    with _few:
        return _child(folder, limits, progress)


def _child(folder: Path, limits: Limits, progress: Progress) -> str | None:
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=str(_ROOT)), str(folder)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment(), cwd=folder, start_new_session=True, text=True, encoding="utf-8",
    )  # fmt: skip
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    killer = threading.Timer(limits.seconds + _GRACE, stop)
    killer.start()
    try:
        assert child.stdout is not None
        for line in child.stdout:
            stage, done = json.loads(line)
            progress(str(stage), float(done))
        code = child.wait()
    finally:
        killer.cancel()
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
    if code == 0:
        return None
    if code == OUT_OF_MEMORY:
        return f"读取时用的内存超过{limits.memory_bytes // 1024**2} MB，已停止"
    if late.is_set() or code in _SPENT:
        return f"{limits.seconds}秒内没有读完，已停止"
    return "读取时出错，已停止，没有影响其他人"


def _environment() -> dict[str, str]:
    """Nothing of this process's settings; Windows starts no program without its own folders."""
    windows = ("SYSTEMROOT", "TEMP", "TMP") if os.name == "nt" else ()
    return {
        "PATH": os.defpath,
        **{name: os.environ[name] for name in windows if name in os.environ},
    }


def _too_large(name: str, size: int, limits: Limits) -> Reading:
    message = f"文件有{size / 1024**2:.1f} MB，上限{limits.file_bytes // 1024**2} MB"
    issue = Issue("FILE_SIZE", "阻断", message, "请拆成几个文件分次上传", file=name)
    return Reading(name, "", "", (), (), (issue,))


def _stopped(name: str, path: Path, message: str) -> Reading:
    issue = Issue("READ_LIMIT", "阻断", message, _FIX, file=name)
    with path.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return Reading(name, digest, "", (), (), (issue,))
