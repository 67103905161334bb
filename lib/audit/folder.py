"""The log's files: one a month, and `head.json`, which says where the chain ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from lib.audit.entry import START, Entry, Head, parsed

HEAD = "head.json"
UNREADABLE = Head(-1, "")
_MONTH = "[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"


def month_files(folder: Path) -> list[Path]:
    """The files of lines, oldest first; the chain runs through them in this order."""
    return sorted(folder.glob(_MONTH))


def read_head(folder: Path) -> Head:
    """What `head.json` says; START where there is none, UNREADABLE where it is not as written."""
    try:
        content = (folder / HEAD).read_bytes()
    except FileNotFoundError:
        return START
    try:
        found = Head(**json.loads(content))
    except (ValueError, TypeError, RecursionError):
        return UNREADABLE
    sound = type(found.count) is int and type(found.hash) is str and content == head_content(found)
    return found if sound else UNREADABLE


def head_content(head: Head) -> bytes:
    """The bytes of `head.json`."""
    return json.dumps(asdict(head)).encode() + b"\n"


def tail(path: Path, most: int) -> bytes:
    """The last bytes of a file."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - most))
        return file.read()


def split(content: bytes) -> list[bytes]:
    """The lines of a file without their ends; a last one that has no end is a line too."""
    lines = content.split(b"\n")
    return lines if lines[-1] else lines[:-1]


def unfinished(file: str, number: int, lines: list[bytes]) -> str:
    """The words by which the log keeps what a crash left: unreadable lines from `number` on."""
    content = b"\n".join(lines)
    return (
        f"{file} 第{number}行没有写完（{len(content)}字节，SHA-256 {sha256(content).hexdigest()}），"
        "原样留在文件里，从下一行接着记"
    )


def newest_first(folder: Path) -> Iterator[Entry]:
    """Every readable line, the last one first, read a file at a time."""
    for path in reversed(month_files(folder)):
        yield from filter(None, map(parsed, reversed(split(path.read_bytes()))))
