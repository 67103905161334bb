"""The child that reads one untrusted file: limits itself, reads, writes the result, ends.

Started by `sandbox`; never imported by the app.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OUT_OF_MEMORY = 3


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
    """Read `input` as `job.json` says and leave the result in `folder`; progress on stdout."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    from lib.intake.limits import Limits

    limits = Limits(**job["limits"])
    limit(limits.seconds, limits.memory_bytes, limits.unpacked_bytes * 4)
    sys.meta_path.insert(0, WithoutPandas())
    try:
        from lib.intake.reading import read_file
        from lib.intake.wire import save

        def progress(stage: str, done: float) -> None:
            sys.stdout.write(json.dumps([stage, round(done, 3)], ensure_ascii=False) + "\n")
            sys.stdout.flush()

        path = Path(job["path"])
        save(read_file(path, job["name"], job["choices"], limits, progress), folder)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
