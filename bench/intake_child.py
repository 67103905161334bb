"""One reader in a process of its own: `python -m bench.intake_child READER FILE WARM_UP_FILE`.

Prints what it took as JSON. A peer's clock runs from the file on disk to the typed table, after
its imports and a small file; ours runs over the whole call, the process it starts included.
Typed means: texts (the long case id too) as strings, the four date columns as dates.
"""

from __future__ import annotations

import codecs
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DATES = ("受理日期", "承诺办结日期", "办结日期", "截止日期")
ENCODING = "gb18030"
Read = Callable[[Path], Any]
Count = Callable[[Any], tuple[int, int]]  # rows, finished cases: every reader must agree


def header(path: Path) -> list[str]:
    with path.open(encoding=ENCODING, newline="") as lines:
        return next(lines).rstrip("\r\n").split(",")


def pandas_reader() -> tuple[Read, Count]:
    import pandas as pd

    def read(path: Path) -> Any:
        texts = {name: "str" for name in header(path) if name not in DATES}
        return pd.read_csv(
            path, encoding=ENCODING, dtype=texts, parse_dates=list(DATES),
            date_format="%Y-%m-%d", keep_default_na=False, na_values={"办结日期": [""]},
        )  # fmt: skip

    return read, lambda table: (len(table), int(table["办结日期"].notna().sum()))


def pyarrow_reader() -> tuple[Read, Count]:
    import pyarrow as pa
    from pyarrow import csv

    def read(path: Path) -> Any:
        types = {n: pa.date32() if n in DATES else pa.string() for n in header(path)}
        return csv.read_csv(
            path,
            read_options=csv.ReadOptions(encoding=ENCODING),
            convert_options=csv.ConvertOptions(column_types=types),
        )

    return read, lambda table: (len(table), len(table) - table["办结日期"].null_count)


def polars_reader() -> tuple[Read, Count]:
    import polars as pl

    def read(path: Path) -> Any:
        types = {name: pl.Date if name in DATES else pl.String for name in header(path)}
        return pl.read_csv(path, encoding=ENCODING, schema=types)

    return read, lambda table: (len(table), len(table) - table["办结日期"].null_count())


def duckdb_reader() -> tuple[Read, Count]:
    """DuckDB reads GB18030 only with an extension from the network: decoded to a file first."""
    import duckdb

    def read(path: Path) -> Any:
        types = {name: "DATE" if name in DATES else "VARCHAR" for name in header(path)}
        connection = duckdb.connect()
        with tempfile.NamedTemporaryFile(suffix=".csv") as utf8:
            decoder = codecs.getincrementaldecoder(ENCODING)()
            with path.open("rb") as source:
                while block := source.read(1 << 20):
                    utf8.write(decoder.decode(block).encode())
            utf8.write(decoder.decode(b"", final=True).encode())
            utf8.flush()
            connection.execute(
                "CREATE TABLE cases AS SELECT * FROM read_csv(?, header = true, columns = $types)"
                .replace("$types", json.dumps(types, ensure_ascii=False).replace('"', "'")),
                [utf8.name],
            )  # fmt: skip
        return connection

    def count(connection: Any) -> tuple[int, int]:
        return connection.execute('SELECT count(*), count("办结日期") FROM cases').fetchone()

    return read, count


def our_reader() -> tuple[Read, Count]:
    from lib.intake.child.sandbox import read_upload
    from lib.intake.files.limits import LOCAL

    def read(path: Path) -> Any:
        return read_upload(path, path.name, limits=LOCAL)

    def count(made: Any) -> tuple[int, int]:
        finished = [draft.table["finished_on"] for draft in made.drafts]
        rows = sum(len(column) for column in finished)
        return rows, rows - sum(column.null_count for column in finished)

    return read, count


PEERS = {
    "pandas": pandas_reader,
    "pyarrow": pyarrow_reader,
    "polars": polars_reader,
    "duckdb": duckdb_reader,
}
READERS = {**PEERS, "ours": our_reader}


def peak_mb() -> float:
    """This process's peak and, of the processes it has waited for, the largest one's, in MB."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) / 1024


def main(name: str, path: Path, warm_up: Path) -> None:
    read, count = READERS[name]()
    if name in PEERS:
        read(warm_up)
    start = time.perf_counter()
    table = read(path)
    seconds = time.perf_counter() - start
    peak = peak_mb()
    rows, finished = count(table)
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "rows": rows, "finished": finished}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
