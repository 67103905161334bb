"""Files of ours that a browser loads: what they hold, and addresses that change when that does."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@cache
def content() -> dict[str, bytes]:
    """What may be asked for, by name: `links.js`, `help/leader-look.webp`."""
    return {
        path.relative_to(_FOLDER).as_posix(): path.read_bytes()
        for path in _FOLDER.rglob("*")
        if path.suffix in TYPES
    }


@cache
def asset_address(name: str) -> str:
    """Where a file of ours is, relative to any page. Raises KeyError where there is none."""
    return f"./assets/{name}?{sha256(content()[name]).hexdigest()[:12]}"
