"""Write every committed sample: `python -m tests.intake.messy.build`. The same bytes every time.

Names start with the case they are for, M01 to M41. What is too big to commit is made when the
tests run (`GENERATED`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from .cell_samples import CELL_SAMPLES
from .hostile import hostile_samples, too_long_cell, too_many_bytes, too_many_rows, zip_bomb
from .text_samples import TEXT_SAMPLES
from .workbooks import workbook_samples

FOLDER = Path(__file__).resolve().parent
CASES = tuple(f"M{number:02}" for number in range(1, 42))


def samples() -> dict[str, bytes]:
    """Every committed file by name."""
    books = workbook_samples()
    return {**TEXT_SAMPLES, **CELL_SAMPLES, **books, **hostile_samples(books["M07-merged.xlsx"])}


def committed() -> dict[str, Path]:
    """The sample files as they lie in the folder."""
    return {p.name: p for p in sorted(FOLDER.iterdir()) if re.match(r"M\d\d-", p.name)}


def sound_workbook() -> bytes:
    """A workbook without a fault, to build a bomb around."""
    return (FOLDER / "M07-merged.xlsx").read_bytes()


GENERATED: dict[str, Callable[[], bytes]] = {
    "M40-bomb.xlsx": lambda: zip_bomb(sound_workbook()),
    "M40-large.csv": too_many_bytes,
    "M41-rows.csv": too_many_rows,
    "M41-long-cell.csv": too_long_cell,
}


def main() -> None:
    """Replace the committed files with freshly built ones."""
    for path in committed().values():
        path.unlink()
    for name, content in samples().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
