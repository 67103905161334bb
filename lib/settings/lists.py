"""A setting that lists several things, with commas between them."""

from __future__ import annotations


def parts(value: str) -> list[str]:
    """What a setting lists, in its order, without the blanks around; nothing empty."""
    return [name for part in value.split(",") if (name := part.strip())]
