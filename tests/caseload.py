"""Made-up cases for tests, brought in through the drop folder like real ones."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from lib.catalog.datasets import CASES
from lib.demo.cases import file_name, write_cases
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import Release
from lib.submission import propose_drop
from tests.fresh import forget_views
from tests.kept import first_release

LABELS = [column.label for column in CASES.columns]
PLAIN = {
    "期次": "2022H1", "地区": "溧阳市", "部门": "市公安局", "事项名称": "户口迁移", "渠道": "移动端",
    "受理日期": "2022-06-01", "承诺办结日期": "2022-06-20", "办结日期": "", "状态": "办理中",
    "时点": "上半年", "截止日期": "2022-06-30", "备注": "",
}  # fmt: skip


def case(number: int, **cells: str) -> dict[str, str]:
    """A row of the template: an open case of 溧阳市, with the given cells instead."""
    return {**PLAIN, "办件编号": f"3204002022060100{number:04d}", **cells}


def write_rows(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8-sig") -> None:
    """Rows of the template as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, LABELS)
        writer.writeheader()
        writer.writerows(rows)


def release_folder(folder: Path) -> Release:
    """Publish what is in a drop folder to the lake of `TONGBAO_DATA`; made-up rows need `TONGBAO_DEMO=1`."""
    proposal, dropped = propose_drop(folder, by="测试岗")
    assert proposal is not None, dropped.issues
    return Lake(lake_dir()).publish_proposal(proposal.id, by="测试岗")


def release_cases(folder: Path, rows: int = 3_000, period: str = "2022H1") -> Release:
    """Publish invented cases of a period from a new folder; needs `TONGBAO_DEMO=1`."""
    folder.mkdir(parents=True)
    write_cases(folder / file_name(period), rows, period=period)
    return release_folder(folder)


@contextmanager
def lake_of_cases(folder: Path, rows: int = 3_000) -> Iterator[Release]:
    """The release of invented cases over the shipped figures, in `folder/data`, this process's meanwhile."""
    with pytest.MonkeyPatch.context() as own:
        own.setenv("TONGBAO_DATA", str(folder / "data"))
        own.setenv("TONGBAO_DEMO", "1")
        first_release(folder / "data")
        forget_views()
        yield release_cases(folder / "drop", rows)
    forget_views()
