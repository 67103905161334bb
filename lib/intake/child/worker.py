"""The child that opens one untrusted file: limits itself, reads or annotates, writes, ends.

Started by `sandbox`; never imported by the app.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lib.intake.files.limits import Limits

OUT_OF_MEMORY = 3
ANNOTATED = "annotated.xlsx"


def limit(seconds: int, memory_bytes: int, file_bytes: int) -> None:
    """Bound this process: processor time, memory, written files; no core dump, no new programs."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit
        return
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, memory_bytes),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


class WithoutPandas:
    """pyarrow loads pandas at its first array, if it can: time and 60 MB this process never needs."""

    def find_spec(self, name: str, *_path: object) -> None:
        """Say that there is no pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main(folder: Path) -> None:
    """Do what `job.json` says and leave the result in `folder`; progress on stdout."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    limits = Limits(**job["limits"])
    limit(limits.seconds, limits.memory_bytes, limits.unpacked_bytes * 4)
    sys.meta_path.insert(0, WithoutPandas())
    try:
        {"read": _read, "annotate": _annotate}[job["task"]](job, folder, limits)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _read(job: dict[str, Any], folder: Path, limits: Limits) -> None:
    from lib.intake.child.wire import save
    from lib.intake.reading import read_file

    def progress(stage: str, done: float) -> None:
        sys.stdout.write(json.dumps([stage, round(done, 3)], ensure_ascii=False) + "\n")
        sys.stdout.flush()

    path = Path(job["path"])
    save(read_file(path, job["name"], job["choices"], limits, progress), folder)


def _annotate(job: dict[str, Any], folder: Path, limits: Limits) -> None:
    from lib.intake.annotate import annotated
    from lib.intake.child.wire import issues_from_json

    content = Path(job["path"]).read_bytes()
    made = annotated(content, issues_from_json(job["issues"]), limits)
    (folder / ANNOTATED).write_bytes(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
