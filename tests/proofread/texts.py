"""Drafts for tests, a line a paragraph, and what was found in them in short."""

from __future__ import annotations

from lib.proofread.checking import proofread
from lib.proofread.draft import Draft, Paragraph
from lib.proofread.findings import Finding


def draft(text: str) -> Draft:
    """A text as a draft: blank lines left out, as the reader of files leaves them out."""
    lines = [line for line in text.splitlines() if line.strip()]
    return Draft("粘贴的文字", tuple(Paragraph(n, line) for n, line in enumerate(lines, 1)))


def found(text: str, *release: str) -> list[Finding]:
    """What is found in a text."""
    return list(proofread(draft(text), *release))


def told(text: str, *release: str) -> list[tuple[str, str, str]]:
    """Check, quoted words and what was expected, of everything found in a text."""
    return [(f.check, f.quoted, f.expected) for f in found(text, *release)]
