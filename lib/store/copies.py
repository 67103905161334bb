"""A lake that follows another one is a copy: its releases come from there, and nobody writes here.

`<lake>/COPY` says so. Who makes the copy the place to publish (the other one is lost, say) removes it.
"""

from __future__ import annotations

from pathlib import Path

from lib.store.durable import put_bytes

_NAME = "COPY"


def refusal(lake: Path) -> str:
    """Why nothing can be published here, as a sentence without its full stop; "" where it can."""
    try:
        source = (lake / _NAME).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    return f"这里的数据是从 {source} 取来的副本，只供查看；请到发布数据的那台服务器上操作"


def is_copy(lake: Path) -> bool:
    """Whether a lake follows another one."""
    return (lake / _NAME).exists()


def mark(lake: Path, source: str) -> None:
    """Note down what a lake follows, an address without its keys. Raises OSError."""
    said = f"{source}\n".encode()
    path = lake / _NAME
    if not path.exists() or path.read_bytes() != said:
        put_bytes(path, said)
