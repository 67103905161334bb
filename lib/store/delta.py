"""One Delta table: written at a named version, one part at a time, and brought to the disk.

Parquet files are durable before the commit that names them. Versions that a crashed publish left
behind are stepped over: every write starts from the version its release names.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable, Schema
from deltalake.transaction import AddAction, RemoveAction

from lib.store.durable import make_folder, put_file, sync

Write = Callable[[Path], object]
# Delta drops old log entries by default; releases name old versions for ever.
_KEEP_HISTORY: dict[str, str | None] = {
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}


def create(folder: Path, schema: pa.Schema, partitioned: bool = True) -> int:
    """Make the table where there is none; version 0, the empty one, whatever came after it."""
    make_folder(folder)
    DeltaTable.create(
        str(folder),
        schema,
        mode="ignore",
        partition_by=["period"] if partitioned else None,
        name=folder.name,
        configuration=_KEEP_HISTORY,
    )
    return 0


def replace_parts(
    folder: Path, version: int, schema: pa.Schema, parts: Mapping[str, Sequence[Write]]
) -> tuple[int, int]:
    """Replace periods of the table as of `version`; the version that holds the result, its rows.

    parts: period > what writes each Parquet file of its rows
    """
    table = DeltaTable(str(folder))
    if table.version() != version:  # a crashed or rolled-back publish left later versions
        table.restore(version)
    _widen(table, schema)
    for period, writes in parts.items():
        inside, values = f"period={period}", {"period": period}
        added: list[AddAction | RemoveAction] = [
            _put_parquet(folder, inside, values, write) for write in writes
        ]
        table.create_write_transaction(
            added, "overwrite", table.schema(), ["period"], [("period", "=", period)]
        )
        table.update_incremental()
    return table.version(), table.count()


def append(folder: Path, rows: pa.Table) -> None:
    """Append rows to an unpartitioned table, adding the columns it lacks."""
    table = DeltaTable(str(folder))
    _widen(table, rows.schema)
    added = _put_parquet(folder, ".", {}, lambda path: pq.write_table(rows, path))
    table.create_write_transaction([added], "append", table.schema())


def files(folder: Path, version: int) -> dict[str, list[str]]:
    """Period > absolute Parquet paths of the table as of that version."""
    actions = DeltaTable(str(folder), version=version).get_add_actions(flatten=True)
    listed = pa.table(actions)
    found: dict[str, list[str]] = {}
    for row in listed.select(["path", "partition.period"]).to_pylist() if len(listed) else []:
        found.setdefault(row["partition.period"], []).append(str(folder / row["path"]))
    return {period: sorted(paths) for period, paths in found.items()}


def newest(folder: Path) -> int:
    """The newest version of the log, -1 where there is none."""
    return max((commit_number(path) for path in (folder / "_delta_log").glob("*.json")), default=-1)


def commit_number(path: Path) -> int:
    """The version a log file belongs to, -1 for files of no version."""
    digits = path.name.partition(".")[0]
    return int(digits) if digits.isdigit() else -1


def added(commit: Path) -> Iterator[tuple[str, int]]:
    """The files that a log entry adds, relative to the table, with their sizes. Raises ValueError."""
    for line in commit.read_text(encoding="utf-8").splitlines():
        action = json.loads(line).get("add")
        if action:
            yield unquote(action["path"]), action["size"]


def sync_log(folder: Path, after: int) -> None:
    """Bring every commit later than `after`, and the folders naming them, to the disk."""
    log = folder / "_delta_log"
    for path in log.iterdir():
        if commit_number(path) > after or path.name == "_last_checkpoint":
            sync(path)
    for named_in in (log, folder, folder.parent):
        sync(named_in)


def _widen(table: DeltaTable, schema: pa.Schema) -> None:
    held = {field.name for field in table.schema().fields}
    missing = [field for field in Schema.from_arrow(schema).fields if field.name not in held]
    if missing:
        table.alter.add_columns(missing)


def _put_parquet(folder: Path, inside: str, values: dict[str, str], write: Write) -> AddAction:
    path = folder / inside / f"part-{uuid4()}.parquet"
    make_folder(path.parent)
    put_file(path, write)
    rows = pq.read_metadata(path).num_rows
    return AddAction(
        path=path.relative_to(folder).as_posix(),
        size=path.stat().st_size,
        partition_values=values,
        modification_time=int(time.time() * 1000),
        data_change=True,
        stats=json.dumps({"numRecords": rows}),
    )
