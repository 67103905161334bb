"""The bytes of a large delimited text, read through once before they are split into cells.

In UTF-8 and in GB18030 the bytes of `,` `;` `"` TAB, CR and LF stand only for themselves, so the
shape of a file shows in its bytes, before anything is decoded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np

from lib.intake.files.decode import CONTROLS, NO_CHARACTERS
from lib.intake.files.limits import Limits

BLOCK = 1 << 20
_NO_CHARACTERS = [mark.encode(codec) for mark in NO_CHARACTERS for codec in ("utf-8", "gb18030")]
_LF, _CR, _QUOTE = 10, 13, 34


class Irregular(Exception):  # noqa: N818 - not an error: the other way of reading takes over
    """Raised where a file is not plainly regular and has to be read record by record."""


@dataclass(frozen=True)
class Scan:
    """What the bytes of a whole file say. `quoted`: quotes occur, so cells may hold line breaks."""

    sha256: str
    quoted: bool


def opened(content: bytes | Path) -> BinaryIO:
    """The bytes from their beginning; of a file, never all of them at once."""
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb", buffering=0)


def head_of(content: bytes | Path) -> bytes:
    """The first block."""
    with opened(content) as source:
        return source.read(BLOCK)


def size_of(content: bytes | Path) -> int:
    """How many bytes there are."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def check_controls(content: bytes) -> None:
    """Raises Irregular for bytes that no text holds, which `decode` refuses."""
    if len(content.translate(None, CONTROLS)) < len(content):
        raise Irregular("control characters")
    if any(mark in content for mark in _NO_CHARACTERS):
        raise Irregular("no characters")


def digest_of(content: bytes | Path) -> str:
    """The SHA-256 of all bytes."""
    digest = sha256()
    for block in _blocks(content, BLOCK):
        digest.update(block)
    return digest.hexdigest()


def scan(content: bytes | Path, delimiter: str, limits: Limits) -> Scan:
    """Read every byte once. Raises Irregular for what the fast way cannot split like `csv` does.

    That is: a CR that ends no line, a line that is too long, a quote out of place.
    """
    digest, lines, quotes = sha256(), _Lines(limits.line_bytes), _Quotes(delimiter)
    for block in _blocks(content, min(BLOCK, limits.line_bytes)):
        digest.update(block)
        lines.take(block)
        quotes.take(block)
    lines.end()
    quotes.end()
    return Scan(digest.hexdigest(), quotes.seen)


def _blocks(content: bytes | Path, size: int) -> Iterator[bytes]:
    with opened(content) as source:
        while block := source.read(size):
            yield block


class _Lines:
    """Follows line ends: every CR is one with its LF, and no line is longer than a block."""

    def __init__(self, limit: int) -> None:
        self.limit, self.since, self.after_cr = limit, 0, False

    def take(self, block: bytes) -> None:
        """Look at the next block. Raises Irregular."""
        if self.after_cr and block[0] != _LF:
            raise Irregular("lone CR")
        self.after_cr = block.endswith(b"\r")
        data = np.frombuffer(block, np.uint8)
        if (data[1:][data[:-1] == _CR] != _LF).any():
            raise Irregular("lone CR")
        first = block.find(b"\n")
        if self.since + (len(block) if first < 0 else first) > self.limit:
            raise Irregular("long line")
        self.since = self.since + len(block) if first < 0 else len(block) - block.rfind(b"\n") - 1

    def end(self) -> None:
        """Look at how the file ended. Raises Irregular."""
        if self.after_cr:
            raise Irregular("lone CR")


class _Quotes:
    """Follows quotes: each opens a cell, closes one, or is one of two that stand for one."""

    def __init__(self, delimiter: str) -> None:
        self.beside = np.zeros(256, bool)
        self.beside[[*f'{delimiter}"\r\n'.encode()]] = True
        self.seen, self.inside, self.closed_last, self.last = False, False, False, _LF

    def take(self, block: bytes) -> None:
        """Look at the next block. Raises Irregular."""
        if b'"' in block or self.closed_last:
            self._check(np.frombuffer(block, np.uint8))
        self.last = block[-1]

    def _check(self, data: np.ndarray) -> None:
        at = np.flatnonzero(data == _QUOTE)
        self.seen = self.seen or len(at) > 0
        opening, closing = at[int(self.inside) :: 2], at[1 - int(self.inside) :: 2]
        before = data[opening - 1]
        if len(opening) and opening[0] == 0:
            before[0] = self.last
        after = data[closing[closing < len(data) - 1] + 1]
        followed = not self.closed_last or self.beside[data[0]]
        if not (followed and self.beside[before].all() and self.beside[after].all()):
            raise Irregular("quote out of place")
        self.inside ^= bool(len(at) % 2)
        self.closed_last = len(closing) > 0 and int(closing[-1]) == len(data) - 1

    def end(self) -> None:
        """Look at how the file ended. Raises Irregular."""
        if self.inside:
            raise Irregular("quote left open")
