"""The words that make a figure less than exact, and how a figure is written with them."""

from __future__ import annotations

QUALIFIERS = ("约", "近", "余", "超", "不少于", "低于", "以上", "以下")
BOUNDS = frozenset({"不少于", "低于", "以上", "以下", "超"})


def with_qualifier(text: str, qualifier: str | None, unit: str = "") -> str:
    """A figure as written: 不少于1000人, 2万余家, 85%以上."""
    match qualifier:
        case "以上" | "以下":
            return f"{text}{unit}{qualifier}"
        case "余":
            return f"{text}余{unit}"
    return f"{qualifier or ''}{text}{unit}"
