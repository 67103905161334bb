"""The files of a drop folder: which are read, how, and which of their columns is which.

CSV with one header row, UTF-8 or GB18030, and Parquet; one period a file. What cannot be read is an
issue; a file that is none of these is named, never passed over in silence.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lib.catalog.datasets import CASES, Column
from lib.catalog.periods import parse_period
from lib.catalog.places import clean_name
from lib.engine.texts import literal_path, quoted, words_type
from lib.intake.issues import Issue, RefusedFile

_BLOCK = 1 << 22
_PEEK = 1 << 20
_DELIMITERS = (",", "\t", ";", "|")
_COLUMNS = {name: c for c in CASES.columns for name in (c.label, c.name, *c.synonyms)}


@dataclass(frozen=True)
class Source:
    """One file: `name` as dropped, `path` where it is read (its UTF-8 copy, where it needed one).

    dropped:   where it was dropped
    columns:   the file's columns in order, None where one is not read;  headings: as written
    delimiter: of a CSV, "" of Parquet
    period:    of its first row, or the one given where it has no such column
    """

    name: str
    dropped: Path
    path: Path
    delimiter: str
    headings: tuple[str, ...]
    columns: tuple[Column | None, ...]
    period: str = ""

    @property
    def held(self) -> list[str]:
        """The names of the columns that are read."""
        return [column.name for column in self.columns if column]

    def label(self, column: str) -> str:
        """The file's own heading of a column, the declared one where it has none."""
        at = {c.name: h for c, h in zip(self.columns, self.headings, strict=True) if c}
        return at.get(column, CASES.column(column).label)

    def select(self, as_texts: bool) -> str:
        """A SELECT of every column of the dataset, NULL where the file lacks it, and of the file's name.

        as_texts: dates as they are written, too, for a wrong one not to end the query
        """
        written = (f'"c{at}"' for at in range(len(self.columns)))
        if not self.delimiter:
            written = (_identifier(heading) for heading in self.headings)
        held = {c.name: w for c, w in zip(self.columns, written, strict=True) if c}
        held.setdefault("period", quoted(self.period))
        cells = [
            f"CAST({held.get(c.name, 'NULL')} AS {_type(c, as_texts)}) AS {c.name}"
            for c in CASES.columns
        ]
        return (
            f"SELECT {', '.join(cells)}, {_same(self.name)} AS source_file, "
            f"{_same(','.join(self.held))} AS source_columns FROM {self._scan(as_texts)}"
        )

    def _scan(self, as_texts: bool) -> str:
        where = literal_path(str(self.path))
        if not self.delimiter:
            return f"read_parquet({where}, hive_partitioning = false)"
        columns = ", ".join(
            f"'c{at}': '{_type(c, as_texts) if c else 'VARCHAR'}'"
            for at, c in enumerate(self.columns)
        )
        return (
            f"read_csv({where}, auto_detect = false, header = false, skip = 1, strict_mode = true, "
            f"delim = {quoted(self.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}})"
        )


def _type(column: Column, as_texts: bool) -> str:
    return "DATE" if column.kind == "date" and not as_texts else "VARCHAR"


def _same(text: str) -> str:
    """A text that all rows share."""
    return f"CAST({quoted(text)} AS {words_type([text])})"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def file_sum(source: Source) -> str:
    """The SHA-256 of a file as dropped. Raises RefusedFile for a CSV that holds NUL bytes."""
    digest = hashlib.sha256()
    with source.dropped.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            if source.delimiter and b"\x00" in block:
                raise RefusedFile(
                    "FILE_DAMAGED", "有空字符，文件可能损坏或是UTF-16", "请另存为UTF-8的CSV再放入"
                )  # fmt: skip
    return digest.hexdigest()


def sources_in(folder: Path, work: Path, period: str | None) -> tuple[list[Source], list[Issue]]:
    """The files of a folder, and what is wrong with any; copies in UTF-8 go to `work`.

    period: whose cases they are where a file has no such column
    """
    found, issues = list[Source](), list[Issue]()
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")):
        read = {".csv": _csv, ".parquet": _parquet}.get(path.suffix.lower())
        if read is None:
            issues.append(
                Issue("DROP_KIND", "提醒", "既不是CSV也不是Parquet，没有读", file=path.name)
            )
            continue
        try:
            source = read(path, work, period or "")
        except RefusedFile as refused:
            issues.append(replace(refused.issue, file=path.name))
            continue
        found.append(source)
        issues += _headings(source)
    if not found and all(issue.severity != "阻断" for issue in issues):
        fix = "请放入CSV或Parquet文件再运行"
        issues.append(Issue("DROP_EMPTY", "阻断", "文件夹里没有可读的文件", fix, file=folder.name))
    return found, issues


def _csv(path: Path, work: Path, period: str) -> Source:
    with path.open("rb") as file:
        head = file.read(_PEEK)
    if not head:
        raise RefusedFile("FILE_EMPTY", "文件是空的", "请检查是否选错了文件")
    read_at = path if _is_utf8(head) else _in_utf8(path, work)
    with read_at.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        lines = [text.readline(_PEEK), text.readline(_PEEK)]
    delimiter = max(_DELIMITERS, key=lines[0].count)
    headings, first = (next(csv.reader([line], delimiter=delimiter), []) for line in lines)
    if len(headings) < 2:
        raise RefusedFile("HEADER", "第一行不是表头", "第一行应是各列的名称，用逗号隔开", 1)
    return _source(path, read_at, delimiter, headings, first, period)


def _is_utf8(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8; the last line may be cut anywhere."""
    try:
        (head[: head.rfind(b"\n") + 1] or head).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_utf8(path: Path, work: Path) -> Path:
    """A copy of a GB18030 file in UTF-8. Raises RefusedFile where it is none."""
    copy = work / f"utf8-{path.name}"
    try:
        with (
            path.open(encoding="gb18030", newline="") as old,
            copy.open("w", encoding="utf-8", newline="") as new,
        ):
            while block := old.read(_BLOCK):
                new.write(block)
    except UnicodeDecodeError as error:
        raise RefusedFile(
            "ENCODING", "文字编码既不是UTF-8也不是GB18030", "请另存为UTF-8的CSV再放入"
        ) from error
    return copy


def _parquet(path: Path, _work: Path, period: str) -> Source:
    try:
        with pq.ParquetFile(path) as file:
            headings = file.schema_arrow.names
            rows = next(file.iter_batches(1), None)
    except (pa.ArrowInvalid, OSError) as error:
        raise RefusedFile("FILE_DAMAGED", "不是完好的Parquet文件", "请重新导出再放入") from error
    first = [str(cell) for cell in rows.to_pylist()[0].values()] if rows else []
    return _source(path, path, "", headings, first, period)


def _source(
    path: Path, read_at: Path, delimiter: str, headings: Sequence[str], first: Sequence[str],
    period: str,
) -> Source:  # fmt: skip
    columns = tuple(_COLUMNS.get(clean_name(heading)) for heading in headings)
    told = [cell for cell, c in zip(first, columns, strict=False) if c and c.name == "period"]
    return Source(
        path.name, path, read_at, delimiter, tuple(headings), columns, (told or [period])[0]
    )


def _headings(source: Source) -> list[Issue]:
    """What is wrong with a file's header, and with its period."""
    file, held = source.name, source.held
    issues = [
        Issue("HEADER_TWICE", "阻断", "这一列出现了不止一次", "请只留一列", file, row=1, column=CASES.column(name).label)
        for name, count in Counter(held).items() if count > 1
    ]  # fmt: skip
    issues += [
        Issue("HEADER_MISSING", "阻断", "缺少这一列", "请补上，列名见填报模板", file, row=1, column=c.label)
        for c in CASES.columns
        if c.required and c.name not in held and not (c.name == "period" and source.period)
    ]  # fmt: skip
    issues += [
        Issue("HEADER_UNKNOWN", "提醒", "不是模板里的列，没有读", "", file, row=1, column=heading)
        for heading, column in zip(source.headings, source.columns, strict=True) if column is None
    ]  # fmt: skip
    if not any(issue.severity == "阻断" for issue in issues) and not parse_period(source.period):
        issues.append(
            Issue("PERIOD", "阻断", f"“{source.period}”不是期次", "请写成 2022H1、2022Q3 或 2022M07 的样子",
                  file, row=2, column=source.label("period"))
        )  # fmt: skip
    return issues
