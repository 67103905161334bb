"""A drop folder becomes staged parts of `cases`: read, checked and written in one pass over the files.

Rows are never held: the engine reads the files and writes Parquet, within a memory limit. One wrong
row and nothing is taken; every problem names its file, row and column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from lib.catalog.datasets import CASES
from lib.catalog.demo import DEMO_MARK
from lib.engine.copying import BadFileError, Workshop
from lib.intake.cases.computed import SUMMARIES, show_standing, sql_text
from lib.intake.cases.numbers import all_differ
from lib.intake.cases.places import Names
from lib.intake.cases.problems import contradictory, personal, repeated, unreadable, wrong_rows
from lib.intake.cases.sources import Source, file_sum, sources_in
from lib.intake.issues import Issue, RefusedFile, in_order

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class StagedCases:
    """The cases of one period, written: how many, from which files (a hash), whether any is made up."""

    period: str
    rows: int
    files: str
    synthetic: bool


@dataclass(frozen=True)
class Dropped:
    """What a folder gave.

    parts: their files stand in the workspace's `result/`, as a proposal keeps them; none where blocked
    files: {file, sha256, rows, periods} of each file that was read
    """

    parts: tuple[StagedCases, ...]
    files: tuple[dict[str, Any], ...]
    issues: tuple[Issue, ...]


def read_drop(
    folder: Path, workspace: Path, *, period: str | None = None,
    progress: Progress = lambda _stage, _share: None,
) -> Dropped:  # fmt: skip
    """Read every file of a folder; what may be released of it goes to `result/` in the workspace.

    workspace: an empty folder of the caller's, who removes it
    period:    whose cases they are where a file does not say
    progress:  called with what is being done, in Chinese, and the share of it; what it raises stops all
    """
    progress("查看文件", 0)
    with TemporaryDirectory(dir=workspace) as work:
        sources, issues = sources_in(folder, Path(work), period)
        parts, files = list[StagedCases](), list[dict[str, Any]]()
        for name in sorted({source.period for source in sources}) if not _blocked(issues) else ():
            own = [source for source in sources if source.period == name]
            staging = _Staging(name, own, folder, Path(work), workspace / "result", progress)
            found = staging.read()
            issues += found
            if not _blocked(found):
                part, read = staging.finish()
                parts.append(part)
                files += read
    if _blocked(issues):
        parts, files = [], []
    return Dropped(tuple(parts), tuple(files), in_order(issues))


def _blocked(issues: Sequence[Issue]) -> bool:
    return any(issue.severity == "阻断" for issue in issues)


class _Staging:
    """The files of one period on their way to `result`, over files in `work`."""

    def __init__(
        self, period: str, sources: Sequence[Source], folder: Path, work: Path, result: Path,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._period, self._sources, self._progress = period, sources, progress
        self._folder, self._work, self._result = folder, work, result
        self._names = Names()
        self._path = self._place(CASES.id)
        self._sums: dict[str, str] = {}

    def read(self) -> list[Issue]:
        """Write all rows; what is wrong with any."""
        with ThreadPoolExecutor(1) as other:
            sums = [other.submit(file_sum, source) for source in self._sources]
            issues = self._written()
            for source, summed in zip(self._sources, sums, strict=True):
                try:
                    self._sums[source.name] = summed.result()
                except RefusedFile as refused:
                    issues = [replace(refused.issue, file=source.name)]
        return issues

    def finish(self) -> tuple[StagedCases, list[dict[str, Any]]]:
        """Make the tables that follow; the part, and what history keeps of its files."""
        with self._shop("汇总") as shop:
            shop.parquet("cases", [self._path])
            for table in SUMMARIES:
                shop.copy(sql_text(table), self._place(table))
            counted = shop.ask("SELECT source_file, count(*) AS n FROM cases GROUP BY source_file")
            marked = shop.ask(
                "SELECT count(*) AS n FROM (SELECT DISTINCT note FROM cases) WHERE contains(note, $mark)",
                {"mark": DEMO_MARK},
            )
        rows = {row["source_file"]: row["n"] for row in counted.to_pylist()}
        files = [
            {"file": s.name, "sha256": self._sums[s.name], "rows": rows.get(s.name, 0), "periods": [self._period]}
            for s in self._sources
        ]  # fmt: skip
        made_up = marked["n"][0].as_py() > 0 or any(DEMO_MARK in s.name for s in self._sources)
        whole = hashlib.sha256("\n".join(sorted(self._sums.values())).encode()).hexdigest()
        return StagedCases(self._period, sum(rows.values()), whole, made_up), files

    def _place(self, table: str) -> Path:
        folder = self._result / table / f"period={self._period}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / "part.parquet"

    def _shop(self, stage: str, in_file_order: bool = False) -> Workshop:
        told = partial(self._progress, f"{stage} {self._period}")
        folders = [self._folder, self._work, self._result]
        return Workshop(folders, self._work / "scratch", told, in_file_order=in_file_order)

    def _show(self, shop: Workshop, sources: Sequence[Source], as_texts: bool) -> None:
        """Let a workshop read the rows of files as `dropped`, and what they are held against."""
        self._names.show(shop)
        shop.show("expected", pa.table({"period": [self._period]}))
        shop.view("dropped", " UNION ALL ".join(source.select(as_texts) for source in sources))

    def _written(self) -> list[Issue]:
        try:
            self._copy()
            wrong, issues = self._reviewed()
            if wrong and self._learnt():
                self._copy()
                wrong, issues = self._reviewed()
        except BadFileError as error:
            return self._located() or [unreadable(str(error))]
        return self._located() if wrong else issues

    def _copy(self) -> None:
        self._path.unlink(missing_ok=True)
        with self._shop("读取") as shop:
            self._show(shop, self._sources, as_texts=False)
            shop.view("cases_read", sql_text("staged"))
            show_standing(shop)
            shop.copy("SELECT * FROM cases", self._path)

    def _reviewed(self) -> tuple[bool, list[Issue]]:
        """Whether any row is wrong by itself; if not, what all rows together say that cannot be."""
        with self._shop("核对") as shop:
            shop.parquet("cases", [self._path])
            found = shop.ask(sql_text("review")).to_pylist()[0]
            if found["complete"] < found["cases"]:
                return True, []
            if not found["cases"]:
                return False, [
                    Issue(
                        "DROP_EMPTY",
                        "阻断",
                        "没有数据行",
                        "请检查是否选错了文件夹",
                        file=self._sources[0].name,
                    )
                ]
            issues = [] if all_differ(shop, found["cases"]) else repeated(shop, self._period)
            return False, [
                *issues,
                *contradictory(found, self._period),
                *personal(shop, self._period),
            ]

    def _learnt(self) -> bool:
        """Whether names that were not known as written are known places all the same."""
        with self._shop("认名称") as shop:
            self._show(shop, self._sources, as_texts=False)
            return self._names.learn(shop)

    def _located(self) -> list[Issue]:
        return [issue for source in self._sources for issue in self._wrong_rows(source)]

    def _wrong_rows(self, source: Source) -> Iterator[Issue]:
        with self._shop("定位问题", in_file_order=True) as shop:
            self._show(shop, [source], as_texts=True)
            try:
                yield from wrong_rows(shop, source)
            except BadFileError as error:
                yield unreadable(str(error), source.name)
