"""Drafts for tests, read in this process like any file."""

from __future__ import annotations

from pathlib import Path

from lib.intake.draft import Draft
from lib.intake.reading import read_file


def draft_from_bytes(content: bytes, file: str) -> Draft:
    """The one table of a file."""
    (draft,) = read_file(content, file).drafts
    return draft


def draft_from_file(path: Path) -> Draft:
    """The one table of a file on disk."""
    return draft_from_bytes(path.read_bytes(), path.name)
