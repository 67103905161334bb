"""How computed numbers are told: in the scale and unit of the numbers they came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from lib.catalog.units import SCALES
from lib.insight.wording import number
from lib.proofread.numbers import Number


def _scale(numbers: Iterable[Number]) -> str:
    """The smallest scale all the numbers can be told in without a long fraction."""
    scales = [n.text[-1:] if n.text[-1:] in ("万", "亿") else "" for n in numbers]
    return min(scales, key=lambda scale: SCALES.get(scale, 1), default="")


def told(value: Decimal, like: Number) -> str:
    """A computed value with the scale and unit of `like`: 2010000 like 200万元 is 201万元."""
    scale = _scale([like])
    return f"{number(value / SCALES.get(scale, 1))}{scale}{like.unit}"


def spread(numbers: Sequence[Number], sign: str = "＋", most: int = 24) -> str:
    """The numbers of a sum: 35＋25＋35; one scale for all, and never longer than people read."""
    scale = _scale(numbers)
    shown = [f"{number(n.value / SCALES.get(scale, 1))}{scale}" for n in numbers[:most]]
    return sign.join(shown) + ("＋…" if len(numbers) > most else "")


def summed(numbers: Iterable[Number]) -> Decimal:
    """The exact sum."""
    return sum((n.value for n in numbers), Decimal(0))
