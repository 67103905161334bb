"""Service sites in a text: the level by the name it has in the period, the measure by the words."""

from __future__ import annotations

import re

from lib.catalog.periods import parse_period
from lib.catalog.places import LEVELS
from lib.proofread.nouns import noun_after
from lib.proofread.numbers import Number
from lib.proofread.words import Words

_UNIT = "个"
_RUNNING = re.compile("已?(?:经)?实体运转")
_PLAN = re.compile("计划|目标")
_ADDED = re.compile("新增$")


def _level(noun: str, period: str) -> str | None:
    """The level whose name in the period the noun ends with; longer names first."""
    parsed = parse_period(period)
    end = parsed.end.isoformat() if parsed else ""
    names = {level.name_in(end): level.id for level in LEVELS}
    fitting = [name for name in names if noun.endswith(name)]
    return names[max(fitting, key=len)] if fitting else None


def _bracket(words: Words, number: Number) -> int | None:
    """Where the bracket opens that a number stands in."""
    opened = words.enclosing[number.start]
    return opened if opened >= 0 else None


def _added(words: Words, number: Number, period: str) -> list[str]:
    """137个便民服务中心（溧阳新增2个）: the level stands before the bracket."""
    opened = _bracket(words, number)
    text = words.passage.bare
    if opened is None or not _ADDED.search(text, max(0, number.start - 4), number.start):
        return []
    level = _level(text[max(0, opened - 12) : opened], period)
    return [f"center_{level}_added"] if level else []


def site_metrics(words: Words, number: Number, period: str) -> list[str]:
    """The measures of service sites a number may be; the city's total may be what was planned."""
    if number.unit != _UNIT:
        return []
    if _RUNNING.match(words.passage.bare, number.end):
        return ["center_point_completed"]
    level = _level(noun_after(words.passage, number), period)
    if level is None:
        return _added(words, number, period)
    begin, _ = words.sentence(number)
    if _PLAN.search(words.passage.bare, begin, number.start):
        return [f"center_{level}_planned"]
    upgraded = f"center_{level}_upgraded"
    return [upgraded] if words.passage.place else [upgraded, f"center_{level}_planned"]
