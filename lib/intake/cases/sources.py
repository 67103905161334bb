"""The files of a drop folder: which are read, how, and which of their columns is which.

CSV with one header row, UTF-8 or GB18030, and Parquet. What cannot be read is an issue; a file that
is none of these is named, never passed over in silence.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lib.catalog.datasets import CASES, Column
from lib.catalog.places import clean_name
from lib.engine.texts import literal_path, quoted
from lib.intake.issues import Issue, RefusedFile

_BLOCK = 1 << 22
_DELIMITERS = (",", "\t", ";", "|")
_LONGEST_HEADER = 1 << 16
_READ = {name: c for c in CASES.columns for name in (c.label, c.name, *c.synonyms)}


@dataclass(frozen=True)
class Source:
    """One file: `name` as dropped, `path` where it is read (its UTF-8 copy, where it needed one).

    columns: the file's columns in order, None where one is not read
    delimiter: of a CSV, "" of Parquet;  headings: as written
    """

    name: str
    path: Path
    sha256: str
    delimiter: str
    headings: tuple[str, ...]
    columns: tuple[Column | None, ...]

    def label(self, column: str) -> str:
        """The file's own heading of a column, the declared one where it has none."""
        at = {c.name: h for c, h in zip(self.columns, self.headings, strict=True) if c}
        return at.get(column, CASES.column(column).label)

    def select(self) -> str:
        """A SELECT of every column of the dataset as text (NULL where the file lacks it), and the file."""
        held = {c.name: f"c{at}" for at, c in enumerate(self.columns) if c}
        if not self.delimiter:
            names = (quoted_name(h) for h in self.headings)
            held = {c.name: n for c, n in zip(self.columns, names, strict=True) if c}
        cells = (f"CAST({held.get(c.name, 'NULL')} AS VARCHAR) AS {c.name}" for c in CASES.columns)
        given = ",".join(held)
        return (
            f"SELECT {', '.join(cells)}, {quoted(self.name)} AS source_file, "
            f"{quoted(self.sha256)} AS source_sha256, {quoted(given)} AS source_columns "
            f"FROM {self._scan()}"
        )

    def _scan(self) -> str:
        where = literal_path(str(self.path))
        if not self.delimiter:
            return f"read_parquet({where})"
        columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(self.columns)))
        return (
            f"read_csv({where}, auto_detect = false, header = false, skip = 1, strict_mode = true, "
            f"delim = {quoted(self.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}})"
        )


def quoted_name(name: str) -> str:
    """A column's name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def sources_in(folder: Path, work: Path, period: str | None) -> tuple[list[Source], list[Issue]]:
    """The files of a folder, and what is wrong with any; copies in UTF-8 go to the work.

    period: whose cases they are where a file has no such column
    """
    found, issues = list[Source](), list[Issue]()
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")):
        try:
            if path.suffix.lower() == ".csv":
                source = _csv(path, work)
            elif path.suffix.lower() == ".parquet":
                source = _parquet(path)
            else:
                issues.append(
                    Issue("DROP_KIND", "提醒", "既不是CSV也不是Parquet，没有读", file=path.name)
                )
                continue
        except RefusedFile as refused:
            issues.append(_in(path, refused.issue))
            continue
        found.append(source)
        issues += _headings(source, period)
    if not found and not issues:
        fix = "请放入CSV或Parquet文件再运行"
        issues.append(Issue("DROP_EMPTY", "阻断", "文件夹里没有文件", fix, file=folder.name))
    return found, issues


def _in(path: Path, issue: Issue) -> Issue:
    return Issue(issue.code, issue.severity, issue.message, issue.fix, path.name, row=issue.row)


def _csv(path: Path, work: Path) -> Source:
    digest, utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8-sig")()
    is_utf8, lines = True, 1
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            if is_utf8:
                try:
                    utf8.decode(block)
                except UnicodeDecodeError:
                    is_utf8 = False
            if b"\x00" in block:
                raise RefusedFile(
                    "FILE_DAMAGED",
                    "有空字符（NUL），文件可能损坏或是UTF-16",
                    "请另存为UTF-8的CSV再放入",
                )
            lines += block.count(b"\n")
    read_at = path if is_utf8 else _in_utf8(path, work)
    with read_at.open(encoding="utf-8-sig", newline="") as text:
        first = text.readline(_LONGEST_HEADER)
    delimiter = max(_DELIMITERS, key=first.count)
    headings = next(csv.reader([first], delimiter=delimiter), [])
    if len(headings) < 2:
        raise RefusedFile("HEADER", "第一行不是表头", "第一行应是各列的名称，用逗号隔开", 1)
    return _source(path, read_at, digest.hexdigest(), delimiter, headings)


def _in_utf8(path: Path, work: Path) -> Path:
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


def _parquet(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        headings = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise RefusedFile("FILE_DAMAGED", "不是完好的Parquet文件", "请重新导出再放入") from error
    return _source(path, path, digest, "", headings)


def _source(
    path: Path, read_at: Path, digest: str, delimiter: str, headings: Sequence[str]
) -> Source:
    columns = tuple(_READ.get(clean_name(heading)) for heading in headings)
    return Source(path.name, read_at, digest, delimiter, tuple(headings), columns)


def _headings(source: Source, period: str | None) -> list[Issue]:
    """What is wrong with a file's header."""
    names = [column.name for column in source.columns if column]
    issues = [
        Issue("HEADER_TWICE", "阻断", "这一列出现了不止一次", "请只留一列", source.name,
              row=1, column=CASES.column(name).label)
        for name, count in Counter(names).items() if count > 1
    ]  # fmt: skip
    issues += [
        Issue("HEADER_MISSING", "阻断", "缺少这一列", "请补上，列名见填报模板", source.name,
              row=1, column=column.label)
        for column in CASES.columns
        if column.required and column.name not in names
        and not (column.name == "period" and period)
    ]  # fmt: skip
    issues += [
        Issue("HEADER_UNKNOWN", "提醒", "不是模板里的列，没有读", "", source.name, row=1, column=heading)
        for heading, column in zip(source.headings, source.columns, strict=True) if column is None
    ]  # fmt: skip
    return issues
