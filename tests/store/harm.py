"""Files of a lake, damaged at random and put right again."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from deltalake import DeltaTable

from lib.store import delta
from lib.store.lake import Lake
from tests.store.rows import draft, staff

ORIGINAL = "期次,部门,预警件数\n".encode()
KINDS = ("flip", "cut", "gone")


@dataclass(frozen=True)
class Harm:
    """One damage: a bit flipped at a place, the file cut there, or the file gone."""

    path: Path
    kind: str
    at: int


def build(folder: Path) -> Lake:
    """R0001 to R0004: a first, two that each change a part, and one that goes back to the second."""
    lake = Lake(folder / "lake")
    kept = {sha256(ORIGINAL).hexdigest(): ORIGINAL}
    first = draft(("2022H1", "education", 1), ("2021H2", "health", 4))
    first = type(first)(**{**vars(first), "sha256": next(iter(kept))})
    lake.publish([first, staff("2022H1", 5)], by="初", originals=kept)
    lake.publish([draft(("2022H1", "education", 2))], by="张三", mode="merge")
    lake.publish([staff("2022H1", 6)], by="张三")
    lake.rollback("R0002", by="张三", note="")
    return lake


def snapshot(lake: Lake) -> list[Path]:
    """Every file of the published releases: rows, logs, release rows; not their sums.

    Nor the form of the whole lake, of which tests/store/test_form.py tells.
    """
    found = (path for path in lake.path.rglob("*") if path.is_file() and path.parent != lake.path)
    return sorted(p for p in found if p.name != ".lock" and p.parent.name != "sums")


def users(lake: Lake, path: Path) -> set[str]:
    """The releases that are read from a file, as the Delta tables themselves say."""
    table = lake.path / path.relative_to(lake.path).parts[0]
    if table.name == "releases":
        return {name for name, files in lake.row_files().items() if path in files}
    found = set()
    for release in lake.releases():
        version = release.versions[table.name]
        if path.parent.name == "_delta_log":
            named = delta.commit_number(path) <= version
        else:
            named = str(path) in DeltaTable(str(table), version=version).file_uris()
        found |= {release.id} if named else set()
    return found


def harms(lake: Lake, count: int, seed: int = 69) -> list[Harm]:
    """So many damages, anywhere in the snapshot."""
    dice = random.Random(seed)
    files = snapshot(lake)
    chosen = [(dice.choice(files), KINDS[i % 3]) for i in range(count)]
    return [Harm(path, kind, dice.randrange(path.stat().st_size)) for path, kind in chosen]


@contextmanager
def done(harm: Harm, *, rot: bool = True) -> Iterator[None]:
    """The damage, and afterwards the file as it was.

    rot: size and time say nothing, as when a disk fails; everything is looked at anew, as at a start
    """
    held, content = os.stat(harm.path), harm.path.read_bytes()
    try:
        if harm.kind == "gone":
            harm.path.unlink()
        elif harm.kind == "cut":
            harm.path.write_bytes(content[: harm.at])
        else:
            turned = bytes([content[harm.at] ^ (1 << harm.at % 8)])
            harm.path.write_bytes(content[: harm.at] + turned + content[harm.at + 1 :])
        if rot and harm.path.exists():
            os.utime(harm.path, ns=(held.st_atime_ns, held.st_mtime_ns))
        if rot:
            Lake(harm.path).look_anew()
        yield
    finally:
        harm.path.write_bytes(content)
        os.utime(harm.path, ns=(held.st_atime_ns, held.st_mtime_ns))
        Lake(harm.path).look_anew()
