"""The content hash of a dataset's rows, and reading them back from their Parquet files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lib.catalog.datasets import CASES, DATASET_BY_ID, Dataset
from lib.compare import conform, content_names, key_names
from lib.intake.cases.computed import SUMMARIES, write_cases, write_summary
from lib.intake.schema import schema

_BY_FILES = "files:"


def content_hash(dataset: Dataset, table: pa.Table) -> str:
    """SHA-256 over the rows in key order, without where they were read from.

    A column that is empty throughout does not count, so a column declared later changes no hash.
    """
    table = conform(dataset, table).select(content_names(dataset))
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in key_names(dataset)])
    digest = hashlib.sha256(str(len(table)).encode())
    for name in sorted(table.column_names):
        column = table[name]
        if column.null_count < len(column):
            digest.update(f"\n{name}\n".encode())
            _feed(digest, column.combine_chunks().take(order).cast(pa.large_string()))
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, texts: pa.Array) -> None:
    lengths = pc.fill_null(pc.binary_length(texts), -1).cast(pa.int64())
    digest.update(np.ascontiguousarray(lengths.to_numpy()).astype("<i8").tobytes())
    _, starts, data = pc.fill_null(texts, "").buffers()
    if data is not None:
        first, last = (int.from_bytes(starts[8 * i : 8 * i + 8], "little") for i in _ends(texts))
        digest.update(data[first:last])


def _ends(texts: pa.Array) -> tuple[int, int]:
    return texts.offset, texts.offset + len(texts)


def known_by_files(digest: str) -> bool:
    """Whether a part's hash is of the files it came from: it has too many rows to hash one by one."""
    return digest.startswith(_BY_FILES)


def files_hash(whole: str) -> str:
    """The content hash of a part known by the files it came from."""
    return f"{_BY_FILES}{whole}"


def read_part(dataset: Dataset, period: str, paths: Sequence[str]) -> pa.Table:
    """The rows of one dataset and period, in today's schema."""
    tables = [schema(dataset).empty_table()]
    for path in paths:
        with pq.ParquetFile(path) as file:
            found = file.read()
        if "period" not in found.column_names:
            found = found.append_column("period", pa.array([period] * len(found), pa.string()))
        tables.append(conform(dataset, found))
    return pa.concat_tables(tables).combine_chunks()


def tables_of(dataset: Dataset) -> tuple[str, ...]:
    """The tables that a part of a dataset has rows in: its own, and those summed from it."""
    return (dataset.id, *SUMMARIES) if dataset is CASES else (dataset.id,)


def write_part(table: str, rows: pa.Table, path: Path) -> None:
    """Write a part's rows, or what is summed from them, as Parquet of a table.

    The period is in the folder's name, not in the file.
    """
    if table in SUMMARIES:
        write_summary(table, rows, path)
    elif DATASET_BY_ID[table] is CASES:
        write_cases(rows, path)
    else:
        pq.write_table(rows.drop_columns(["period"]), path)
