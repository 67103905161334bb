"""How a figure is written: in sentences as the source wrote it, in tables short."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from lib.catalog.qualifiers import with_qualifier
from lib.queries.facts import Fact

MISSING = "—"
_SHORT = {"低于": "<", "以下": "≤", "以上": "≥", "不少于": "≥", "超": ">"}


def in_full(fact: Fact | None) -> str:
    """As in a sentence: 近3亿元, 2万余家, 低于70%, 85.40%; an em dash where missing."""
    if fact is None:
        return MISSING
    unit = "" if fact.value_text.startswith("第") else fact.unit or ""
    return with_qualifier(fact.value_text, fact.qualifier, unit)


def in_short(fact: Fact | None, unit: bool = True) -> str:
    """As in a table: <70%, ≥1000, ≤50%; other qualifiers keep their word."""
    if fact is None:
        return MISSING
    if fact.qualifier in _SHORT:
        shown = fact.unit if unit else ""
        return f"{_SHORT[fact.qualifier]}{fact.value_text}{shown or ''}"
    return in_full(fact) if unit else in_full(fact).removesuffix(fact.unit or "")


def grouped(count: int) -> str:
    """A count of any size, its digits in groups of three: 1,234,567."""
    return f"{count:,}"


def number(value: Decimal | None) -> str:
    """A computed number without a useless fraction; an em dash where missing."""
    if value is None:
        return MISSING
    return f"{value.normalize():f}"


def computed(value: Decimal | None, unit: str | None) -> str:
    """A computed figure with its unit; money from ten thousand up is written in 万元."""
    if value is not None and unit == "元" and value >= 10_000:
        return f"{number(value / 10_000)}万元"
    return MISSING if value is None else f"{number(value)}{unit or ''}"


def percent(share: Decimal, places: int = 1) -> str:
    """A share of 1 as a percentage, rounded half up: 0.71 > 71.0%."""
    return f"{points(share * 100, places)}%"


def points(value: Decimal, places: int = 1) -> str:
    """A number rounded half up to fixed places."""
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def listed(names: Iterable[str]) -> str:
    """Names joined the Chinese way: 甲、乙、丙."""
    return "、".join(names)


def listed_whole(rows: int) -> str:
    """That a table is complete, as every file and slide says it: 共8行，已全部列出。"""
    return f"共{rows}行，已全部列出。"
