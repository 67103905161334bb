"""How large and how slow a file may be. Beyond it, the answer is a sentence and not a crash."""

from __future__ import annotations

from dataclasses import dataclass, replace

_MB = 1024 * 1024


BULK_BYTES = 4 * _MB  # from here on a text is read in columns, where it is regular


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds. `ratio` is unpacked to packed size of a workbook."""

    file_bytes: int = 30 * _MB
    unpacked_bytes: int = 200 * _MB
    ratio: int = 100
    zip_entries: int = 1_000
    rows: int = 1_000_000
    columns: int = 500
    sheets: int = 50
    line_bytes: int = _MB
    cell_characters: int = 32_767
    seconds: int = 10
    memory_bytes: int = 1024 * _MB


# What comes in through a browser, and what an administrator reads from the server's own disk.
UPLOAD = Limits()
LOCAL = replace(UPLOAD, file_bytes=1024 * _MB, seconds=600, memory_bytes=4096 * _MB)
