"""Staging: several drafts become the whole rows of every dataset and period they touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import CASES, Dataset
from lib.compare import (
    conform,
    joined_keys,
    key_text,
    keys,
    same_content,
)
from lib.intake.cases.drop import Dropped
from lib.intake.draft import Draft
from lib.settings import demo_allowed
from lib.store.content import content_hash
from lib.store.errors import PublishError
from lib.store.modes import REPLACE, Mode, apply
from lib.store.release import Release

_SHOWN = 3
ReadPart = Callable[[str, str], pa.Table]


@dataclass(frozen=True)
class Staged:
    """One dataset and period: the rows of the drafts, and the whole part after the mode.

    base: content hash of the live part, None where there is none;  digest: of `table`
    """

    dataset: Dataset
    period: str
    rows: pa.Table
    table: pa.Table
    digest: str
    base: str | None
    synthetic: bool

    @property
    def id(self) -> str:
        """dataset/period, as in `Release.contents`."""
        return f"{self.dataset.id}/{self.period}"


def check(drafts: Sequence[Draft]) -> None:
    """Raise PublishError where a draft is blocked, or made up outside a demonstration."""
    blocked = [draft.file for draft in drafts if draft.blocked or draft.dataset is None]
    if blocked:
        raise PublishError(f"{'、'.join(blocked)}有阻断问题，不能发布，请先改正")
    check_synthetic([draft.file for draft in drafts if draft.synthetic])


def check_synthetic(files: Sequence[str]) -> None:
    """Raise PublishError where made-up files are to be published outside a demonstration."""
    if files and not demo_allowed():
        raise PublishError(
            f"{'、'.join(files)}是演示数据，这里不能发布，以免与真实数据混在一起；"
            "演示环境请先设置 TONGBAO_DEMO=1"
        )


def gather(drafts: Sequence[Draft]) -> Iterator[tuple[Dataset, str, pa.Table, bool]]:
    """(dataset, period, rows, made up?) of all drafts together; equal rows are merged.

    Raises PublishError where the same key has different values in two places.
    """
    by_dataset: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_dataset.setdefault(_dataset(draft).id, []).append(draft)
    for group in by_dataset.values():
        dataset = _dataset(group[0])
        tables = [conform(dataset, draft.table) for draft in group]
        table = _merged(dataset, pa.concat_tables(tables).combine_chunks())
        made_up = {period for draft in group if draft.synthetic for period in draft.periods}
        for period in sorted(table["period"].unique().to_pylist()):
            part = table.filter(pc.equal(table["period"], period))
            yield dataset, period, part, period in made_up


def stage(
    drafts: Sequence[Draft], mode: Mode, live: Release | None, read: ReadPart
) -> list[Staged]:
    """Every part the drafts touch, after the mode. `read(dataset id, period)` gives live rows.

    Raises PublishError where a draft is blocked, rows contradict, or the mode refuses a row.
    """
    check(drafts)
    return [stage_part(*part, mode, live, read) for part in gather(drafts)]


def stage_part(
    dataset: Dataset, period: str, rows: pa.Table, synthetic: bool,
    mode: Mode, live: Release | None, read: ReadPart,
) -> Staged:  # fmt: skip
    """One part after the mode. Raises PublishError where the mode refuses a row."""
    name = f"{dataset.id}/{period}"
    base = live.contents.get(name) if live else None
    if mode.removes:
        table = rows
    else:
        applied = apply(dataset, mode, read(dataset.id, period) if base else None, rows)
        if applied.refused:
            raise PublishError(_refusal(dataset, mode, applied.refused))
        table = applied.table
        synthetic = synthetic or bool(live and name in live.synthetic_parts)
    return Staged(dataset, period, rows, table, content_hash(dataset, table), base, synthetic)


def sources(drafts: Sequence[Draft], mode: Mode, sender: str) -> list[dict[str, Any]]:
    """What history keeps of each file; with the kept original it gives the same rows again."""
    return [
        {
            "file": draft.file, "sheet": draft.sheet, "sha256": draft.sha256,
            "dataset": _dataset(draft).id, "rows": len(draft.table or ()),
            "periods": list(draft.periods), "choices": dict(draft.choices),
            "mode": mode.id, "sender": sender, "synthetic": draft.synthetic,
        }
        for draft in drafts
    ]  # fmt: skip


def dropped_sources(dropped: Dropped, sender: str) -> list[dict[str, Any]]:
    """What history keeps of each file of a drop folder, which stays where it is."""
    made_up = {part.period for part in dropped.parts if part.synthetic}
    return [
        {
            "file": file["file"], "sheet": "", "sha256": file["sha256"], "dataset": CASES.id,
            "rows": file["rows"], "periods": file["periods"], "choices": {},
            "mode": REPLACE.id, "sender": sender,
            "synthetic": not made_up.isdisjoint(file["periods"]),
        }
        for file in dropped.files
    ]  # fmt: skip


def _dataset(draft: Draft) -> Dataset:
    assert draft.dataset is not None, "an unblocked draft has a dataset"
    return draft.dataset


def _merged(dataset: Dataset, table: pa.Table) -> pa.Table:
    names = joined_keys(dataset, table)
    if pc.count_distinct(names).as_py() == len(names):
        return table
    first = pc.index_in(names, value_set=names).to_numpy()
    again = first != np.arange(len(names))
    firsts, repeats = table.take(pa.array(first[again])), table.filter(pa.array(again))
    differs = pc.invert(same_content(dataset, firsts, repeats))
    if pc.any(differs).as_py():
        raise PublishError(_clashes(dataset, firsts.filter(differs), repeats.filter(differs)))
    return table.filter(pa.array(~again))


def _clashes(dataset: Dataset, firsts: pa.Table, repeats: pa.Table) -> str:
    shown = zip(
        firsts.slice(0, _SHOWN).to_pylist(),
        repeats.slice(0, _SHOWN).to_pylist(),
        keys(dataset, repeats.slice(0, _SHOWN)),
        strict=True,
    )
    told = [f"{_place(a)}与{_place(b)}都是{key_text(dataset, key)}" for a, b, key in shown]
    more = f"，共{len(repeats)}处" if len(repeats) > _SHOWN else ""
    return f"{dataset.name}：{'；'.join(told)}{more}，但内容不同，请核对后只保留一处"


def _place(row: dict[str, Any]) -> str:
    sheet = f"工作表{row['source_sheet']}" if row["source_sheet"] else ""
    return f"“{row['source_file']}”{sheet}第{row['source_row']}行"


def _refusal(dataset: Dataset, mode: Mode, refused: Sequence[tuple[Any, ...]]) -> str:
    shown = "、".join(key_text(dataset, key) for key in refused[:_SHOWN])
    more = f"等{len(refused)}行" if len(refused) > _SHOWN else ""
    why = "线上没有" if mode.changes else "线上已有且内容不同"
    return (
        f"{dataset.name}：{shown}{more}{why}，“{mode.label}”不能收；"
        "请从文件中去掉，或改用“更正并补充”"
    )
