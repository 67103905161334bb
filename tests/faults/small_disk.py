"""Publishes on a disk of a few hundred kilobytes, until it is full, and on one that became read-only.

Run as `python -m tests.faults.small_disk <folder> <lake>` in a mount namespace of its own; prints
what was refused, how, and what is wrong as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from lib.seed import ensure_seeded
from lib.store.errors import PublishError
from lib.store.lake import Lake
from tests.faults import scene
from tests.faults.broken import LAKES
from tests.store.rows import draft

SIZE, SPARE, ORIGINAL = "700k", 150_000, 25_000
AFTER = 5  # further attempts on the full disk


def propose(lake: Lake, count: int) -> str:
    """A proposal of one figure, with an original that takes room."""
    content = os.urandom(ORIGINAL)
    made = draft(("2022H1", "education", count))
    kept = {sha256(content).hexdigest(): content}
    return lake.propose([made], by="张三", mode="merge", originals=kept).id


def wrong(lake: Lake, count: int) -> list[str]:
    """What is wrong where that figure was the last that was published."""
    found = [line for release in lake.releases() for line in scene.torn(lake, release)]
    shown = scene.contents(lake, lake.live())["education"]
    return found + ([f"{count} was published, {shown} is shown"] if shown != str(count) else [])


def fill(lake: Lake) -> tuple[list[str], list[str], int]:
    """Publish until the disk is full and a little longer; refusals, problems, the last figure."""
    refused: list[str] = []
    found: list[str] = []
    last = int(scene.OLD["education"])
    for count in range(100, 200):
        try:
            lake.publish_proposal(propose(lake, count), by="张三")
            last = count
        except PublishError as error:
            refused.append(str(error))
        found += wrong(Lake(lake.path), last)
        if len(refused) > AFTER:
            break
    return refused, found, last


def main() -> None:
    """Fill, make room, go on; lock, read, unlock, go on."""
    folder, kind = Path(sys.argv[1]), LAKES[sys.argv[2]]
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
    os.environ["TONGBAO_DATA"] = str(folder)
    spare = folder / "spare"
    spare.write_bytes(bytes(SPARE))
    scene.prepare(folder)
    lake = kind(folder / "lake")
    refused, found, last = fill(lake)
    if ensure_seeded().number != lake.releases()[0].number:
        found.append("a start on the full disk shows another release")
    spare.unlink()
    lake.repair()
    found += [f"left lying about: {path.name}" for path in folder.rglob(".tmp-*")]
    waiting = propose(lake, 300)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    try:
        lake.publish_proposal(waiting, by="张三")
        last = 300
    except PublishError as error:
        refused.append(str(error))
    found += wrong(Lake(folder / "lake"), last)
    if ensure_seeded().number != lake.releases()[0].number:
        found.append("a start on the read-only disk shows another release")
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    lake.publish_proposal(waiting, by="张三")
    found += wrong(Lake(folder / "lake"), 300)
    print(json.dumps({"refused": refused, "problems": found}))


if __name__ == "__main__":
    main()
