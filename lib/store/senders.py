"""What each sender decided about its files before, so that it need not be asked again.

One small JSON file a sender under `<data>/senders`; a sender is a district, department or the office.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock

from lib.catalog.places import DEPARTMENT_BY_ID, DISTRICT_BY_ID
from lib.intake.choices import Choices, remembered


class Senders:
    """The remembered choices under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def choices(self, sender: str) -> dict[str, str]:
        """What the sender (a place id) decided before; empty for a new one."""
        path = self._path(sender)
        if not path.exists():
            return {}
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def remember(self, sender: str, choices: Choices) -> None:
        """Keep the decisions that hold for the sender's next file too."""
        kept = remembered(choices)
        if not kept:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / ".lock", timeout=10):
            self._write(sender, self.choices(sender) | kept)

    def forget(self, sender: str, key: str) -> None:
        """Drop one remembered decision, so that it is asked again."""
        left = {k: v for k, v in self.choices(sender).items() if k != key}
        with FileLock(self.folder / ".lock", timeout=10):
            self._write(sender, left)

    def _path(self, sender: str) -> Path:
        if sender not in DISTRICT_BY_ID and sender not in DEPARTMENT_BY_ID:
            raise ValueError(f"unknown sender {sender!r}")
        return self.folder / f"{sender}.json"

    def _write(self, sender: str, choices: Choices) -> None:
        path = self._path(sender)
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as out:
            json.dump(dict(choices), out, ensure_ascii=False, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)
