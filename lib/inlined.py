"""A style sheet or script that stands inside a document, and what names it in the document's policy."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def inlined(path: Path) -> str:
    """The text of a style sheet or script, which must not end the element it stands in."""
    text = path.read_text(encoding="utf-8")
    assert "</" not in text
    return text


def policy_hash(text: str) -> str:
    """What a content security policy calls a text that may run, without quotes: "sha256-…"."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
