"""A drop folder becomes staged parts of `cases`: read, checked and written in one pass over the files.

Rows are never held: the engine reads the files and writes Parquet into a workspace, within a memory
limit. One wrong row and nothing is taken; every problem names its file, row and column.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from lib.catalog.datasets import CASES
from lib.catalog.demo import DEMO_MARK
from lib.catalog.handling import ATTENTION
from lib.catalog.periods import parse_period
from lib.engine.copying import BadFileError, Workshop
from lib.engine.texts import quoted
from lib.intake.cases.computed import IN_ORDER, SUMMARIES, digest_in, show_rule, sql_text
from lib.intake.cases.places import Names
from lib.intake.cases.problems import contradictory, personal, repeated, unreadable, wrong_rows
from lib.intake.cases.sources import Source, sources_in
from lib.intake.issues import Issue, in_order
from lib.intake.schema import stored_schemas

Progress = Callable[[str, float], None]
_STORED = ", ".join(
    {
        "source_sheet": "CAST(NULL AS VARCHAR) AS source_sheet",
        "source_row": "CAST(NULL AS INTEGER) AS source_row",
    }.get(name, name)
    for name in stored_schemas()[CASES.id].names
    if name != "period"
)
_LISTED = ", ".join(quoted(status) for status in ATTENTION)
_STAGED = (
    f"SELECT period, {_STORED}, CASE WHEN problem IS NOT NULL THEN 'wrong' "
    f"WHEN status IN ({_LISTED}) THEN 'listed' ELSE 'other' END AS kind FROM cases"
)


@dataclass(frozen=True)
class StagedCases:
    """The cases of one period, written: how many, their hash, whether any is made up."""

    period: str
    rows: int
    digest: str
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

    period:   whose cases they are where a file does not say
    progress: called with what is being done, in Chinese, and the share of it; what it raises stops all
    """
    progress("查看文件", 0)
    with TemporaryDirectory(dir=workspace) as work:
        return _read(folder, Path(work), workspace / "result", period, progress)


def _read(
    folder: Path, work: Path, result: Path, period: str | None, progress: Progress
) -> Dropped:
    sources, issues = sources_in(folder, work, period)
    if sources and not _block(issues):
        staging = _Staging(sources, folder, work, result, period, progress)
        try:
            issues += staging.read()
        except BadFileError as error:
            issues.append(unreadable(str(error)))
        if not _block(issues):
            issues += staging.review()
        if not _block(issues):
            return Dropped(staging.parts(), staging.files(), in_order(issues))
    return Dropped((), (), in_order(issues))


def _block(issues: Sequence[Issue]) -> bool:
    return any(issue.severity == "阻断" for issue in issues)


@dataclass
class _Staging:
    """The files of one folder on their way to `result`, over files in `work`."""

    sources: Sequence[Source]
    folder: Path
    work: Path
    result: Path
    period: str | None
    progress: Progress
    names: Names = field(default_factory=Names)
    made_up: set[str] = field(default_factory=set)
    held: dict[str, Counter[str]] = field(default_factory=dict)  # file > rows by period

    def read(self) -> list[Issue]:
        """Write all rows, by period and kind; what is wrong with any."""
        if self._written() and self._learnt() and self._written():
            pass
        if self._raw("wrong"):
            return [issue for source in self.sources for issue in self._located(source)]
        strange = [name for name in self._periods() if parse_period(name) is None]
        issues = [
            Issue("PERIOD", "阻断", f"“{name}”不是期次", "请写成 2022H1、2022Q3 或 2022M07 的样子", self.folder.name)
            for name in strange
        ]  # fmt: skip
        if not self._periods():
            issues.append(Issue("DROP_EMPTY", "阻断", "没有数据行", "", self.folder.name))
        return issues

    def review(self) -> list[Issue]:
        """Look at all rows together: numbers used twice, contradictions, personal data."""
        issues = []
        for name in self._periods():
            with self._shop(f"核对 {name}") as shop:
                shop.parquet("cases", self._raw("*", name))
                found = shop.ask(sql_text("review"), {"mark": DEMO_MARK}).to_pylist()[0]
                if found["numbers"] < found["cases"]:
                    issues += repeated(shop, name)
                issues += [*contradictory(found, name), *personal(shop, name)]
                of_file = shop.ask("SELECT source_file, count(*) AS n FROM cases GROUP BY 1")
                for row in of_file.to_pylist():
                    self.held.setdefault(row["source_file"], Counter())[name] = row["n"]
            if found["synthetic"]:
                self.made_up.add(name)
        return issues

    def parts(self) -> tuple[StagedCases, ...]:
        """Put the files where a proposal keeps them, and sum them."""
        return tuple(self._finished(name) for name in self._periods())

    def files(self) -> tuple[dict[str, Any], ...]:
        """What history keeps of every file that was read."""
        held = {source.name: self.held.get(source.name, Counter()) for source in self.sources}
        return tuple(
            {"file": s.name, "sha256": s.sha256, "rows": held[s.name].total(), "periods": sorted(held[s.name])}
            for s in self.sources
        )  # fmt: skip

    def _shop(self, stage: str, in_file_order: bool = False) -> Workshop:
        return Workshop(
            [self.folder, self.work, self.result], self.work / "scratch",
            partial(self.progress, stage), in_file_order=in_file_order,
        )  # fmt: skip

    def _show(self, shop: Workshop, sources: Sequence[Source]) -> None:
        """Let a workshop read the rows of files, checked, as `cases_read`."""
        self.names.show(shop)
        rows = " UNION ALL ".join(source.select() for source in sources)
        period = f"coalesce(period, {quoted(self.period)})" if self.period else "period"
        shop.view("dropped", f"SELECT * REPLACE ({period} AS period) FROM ({rows})")
        shop.view("cases_read", sql_text("checked"))

    def _written(self) -> bool:
        """Read all files and write their rows; whether any row is wrong."""
        shutil.rmtree(self.work / "raw", ignore_errors=True)
        with self._shop("读取") as shop:
            self._show(shop, self.sources)
            show_rule(shop)
            shop.view("cases", sql_text("handled"))
            shop.copy(_STAGED, self.work / "raw", ", PARTITION_BY (period, kind)")
        return bool(self._raw("wrong"))

    def _learnt(self) -> bool:
        """Whether names that were not known as written are known places all the same."""
        with self._shop("认名称") as shop:
            shop.parquet("cases", self._raw("wrong"))
            return self.names.learn(shop)

    def _located(self, source: Source) -> Iterator[Issue]:
        with self._shop(f"定位 {source.name} 的问题", in_file_order=True) as shop:
            self._show(shop, [source])
            yield from wrong_rows(shop, source)

    def _raw(self, kind: str, period: str = "*") -> list[Path]:
        return sorted((self.work / "raw").glob(f"period={period}/kind={kind}/*.parquet"))

    def _periods(self) -> list[str]:
        folders = (self.work / "raw").glob("period=*")
        return sorted(unquote(path.name.removeprefix("period=")) for path in folders)

    def _finished(self, period: str) -> StagedCases:
        inside = f"period={period}"
        folder = self.result / CASES.id / inside
        for table in (CASES.id, *SUMMARIES):
            (self.result / table / inside).mkdir(parents=True)
        for number, path in enumerate(self._raw("other", period)):
            path.rename(folder / f"other-{number}.parquet")
        if listed := self._raw("listed", period):
            with self._shop(f"排序 {period}") as shop:
                shop.parquet("cases", listed)
                shop.copy(f"SELECT * FROM cases ORDER BY {IN_ORDER}", folder / "listed.parquet")
        with self._shop(f"汇总 {period}") as shop:
            shop.parquet("cases", sorted(folder.iterdir()))
            for table in SUMMARIES:
                shop.copy(sql_text(table), self.result / table / inside / "part.parquet")
            digest = digest_in(shop)
        rows = sum(counted[period] for counted in self.held.values())
        return StagedCases(period, rows, digest, period in self.made_up)
