"""The first records of a large delimited text: enough to find its header and to know its columns."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from lib.catalog.places import clean_name
from lib.intake.files.decode import reads_as_chinese
from lib.intake.files.filetype import file_type
from lib.intake.files.grid import Grid, delimiter_of, is_blank
from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile
from lib.intake.large.scan import BLOCK, Irregular, check_controls, head_of, size_of
from lib.intake.locate.layout import Layout

_BOM, _UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_GRID_ROWS, _SAMPLED_ROWS, _FEW = 200, 5_000, 500
_DELIMITERS = (",", "\t", ";")  # the bytes of others occur inside characters of GB18030


@dataclass(frozen=True)
class Head:
    """The beginning of a text.

    encoding: the name people see; codec: Python's
    grid:     the first records; whole: whether these are all there are
    records:  some more; lines: by record, how many lines end with it or before
    content:  the first block, its mark included
    """

    encoding: str
    codec: str
    delimiter: str
    grid: Grid
    whole: bool
    records: list[list[str]]
    lines: list[int]
    content: bytes

    def start_of(self, record: int) -> int:
        """The byte where a record, not the first, begins. Raises Irregular where it is not there."""
        if record >= len(self.records):
            raise Irregular("no body")
        start = 0
        for _ in range(self.lines[record - 1]):
            start = self.content.index(b"\n", start) + 1
        check_controls(self.content[:start])
        lines = self.content[:start].split(b"\n")
        if self.codec != "utf-8" and any(map(reads_as_chinese, lines)):
            raise Irregular("mixed encodings")
        return start

    def shows(self, layout: Layout) -> bool:
        """Whether a layout would be no other with the rest of the file."""
        below = self.grid.rows[_GRID_ROWS // 2 :]
        return self.whole or (
            layout.bottom < _GRID_ROWS // 4 and any(not is_blank(row) for row in below)
        )

    def labels(self, layout: Layout) -> set[str]:
        """The words of the header row."""
        return {clean_name(cell) for cell in self.grid.rows[layout.bottom]} - {""}

    def hardly_repeated(self, layout: Layout) -> tuple[bool, ...]:
        """By column, whether a dictionary would not pay: codes, and texts that hardly repeat."""
        return tuple(self._hardly_repeats(index, layout) for index in range(len(layout.headings)))

    def _hardly_repeats(self, index: int, layout: Layout) -> bool:
        item = layout.meanings.get(index)
        kind = item.column.kind if item and item.column else "text"
        sample = self.records[layout.bottom + 1 :]
        words = {row[index] for row in sample if index < len(row)}
        many = len(sample) > _FEW and len(words) * 4 > len(sample)
        return kind == "code" or (kind == "text" and many)


def read_head(content: bytes | Path, limits: Limits) -> Head:
    """The first records. Raises Irregular, or csv.Error, for what the fast way cannot split."""
    block, size = head_of(content), size_of(content)
    if size > limits.file_bytes or not _is_text(block, limits):
        raise Irregular("not a delimited text")
    complete = len(block) == size
    encoding, codec, text = _decoded(block, complete)
    delimiter = delimiter_of(text)
    if delimiter not in _DELIMITERS or len(block) < min(BLOCK, size):
        raise Irregular("delimiter")
    records, lines = _records(text, delimiter, limits)
    if not complete and len(records) <= _SAMPLED_ROWS:  # the last one may be cut
        records, lines = records[:-1], lines[:-1]
    records, lines = records[:_SAMPLED_ROWS], lines[:_SAMPLED_ROWS]
    whole = complete and len(records) <= _GRID_ROWS
    grid = Grid("", records[:_GRID_ROWS])
    return Head(encoding, codec, delimiter, grid, whole, records, lines, block)


def _is_text(block: bytes, limits: Limits) -> bool:
    try:
        return file_type(block, limits) == "text" and not block.startswith(_UTF16)
    except RefusedFile:
        return False


def _decoded(block: bytes, complete: bool) -> tuple[str, str, str]:
    marked = block.startswith(_BOM)
    for codec, encoding in (("utf-8", "UTF-8-BOM" if marked else "UTF-8"), ("gb18030", "GB18030")):
        try:
            text = codecs.getincrementaldecoder(codec)().decode(
                block.removeprefix(_BOM), final=complete
            )
        except UnicodeDecodeError:
            if marked:
                break
            continue
        return encoding, codec, text
    raise Irregular("encoding")


def _records(text: str, delimiter: str, limits: Limits) -> tuple[list[list[str]], list[int]]:
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records, lines = [], []
    for record in islice(reader, _SAMPLED_ROWS + 1):
        if len(record) > limits.columns:
            raise Irregular("wide row")
        records.append(record)
        lines.append(reader.line_num)
    return records, lines
