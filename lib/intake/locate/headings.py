"""What the words above a table mean: a column of a dataset, or one member of a dimension.

`镇级-计划数` is a level and a measure, `不见面率` an indicator, `溧阳` a district. Exact names and
declared synonyms only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from lib.catalog.datasets import Column, Dataset, Derived
from lib.catalog.metrics import indicator_id
from lib.catalog.places import clean_name, resolve_department, resolve_district, resolve_level
from lib.catalog.units import is_unit

_BRACKETED = re.compile(r"[(（【\[](?P<inside>[^()（）【】\[\]]+)[)）】\]]")
_UNIT_WORDS = re.compile(r"单位[:：为]?")
TOTALS = frozenset(
    {"合计", "总计", "小计", "共计", "累计", "合计数", "全市合计", "各部门合计", "总数"}
)
SERIALS = frozenset({"序号", "编号", "行号", "no", "no."})
PERSONAL = re.compile(
    r"^(?:姓名|联系人|填表人|填报人|制表人|经办人|审核人|负责人|责任人|联系电话|联系方式|电话|电话号码|手机|手机号|手机号码"
    r"|联络员|科长|主任|分管领导|微信号?|(?:电子)?邮箱|身份证|身份证号|身份证号码)(?:姓名|电话|及电话|及联系电话)?$"
)


@dataclass(frozen=True)
class Heading:
    """One column's words: every tier from top to bottom, the joined label, and the unit in it."""

    label: str
    tiers: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True)
class Meaning:
    """What a column holds for one dataset.

    column:  the dataset's column its cells belong to; None where the rows tell the measure
    members: the key columns the heading itself fixes, name > text as written
    derived: set for a column that is only checked
    """

    column: Column | None
    members: dict[str, str] = field(default_factory=dict)
    derived: Derived | None = None


def heading(parts: list[str]) -> Heading:
    """A heading from its tiers; a unit in brackets is taken out of the words."""
    tiers: list[str] = []
    unit = ""
    for part in parts:
        text = clean_name(part)
        for match in _BRACKETED.finditer(text):
            inside = _UNIT_WORDS.sub("", match["inside"])
            if is_unit(inside):
                unit, text = inside, text.replace(match.group(), "")
        if text and text not in tiers:
            tiers.append(text)
    return Heading("-".join(tiers), tuple(tiers), unit)


def bare(words: Heading) -> tuple[Heading, str]:
    """A heading without what is left in brackets, and the first of what was in them."""
    inside = [match["inside"] for tier in words.tiers for match in _BRACKETED.finditer(tier)]
    tiers = tuple(filter(None, (_BRACKETED.sub("", tier) for tier in words.tiers)))
    return Heading("-".join(tiers), tiers, words.unit), inside[0] if inside else ""


@cache
def _column_names(dataset: Dataset) -> dict[str, Column]:
    return {
        clean_name(name): column
        for column in dataset.columns
        for name in (column.label, *column.synonyms)
    }


@cache
def _derived_names(dataset: Dataset) -> dict[str, Derived]:
    return {name: item for item in dataset.derived for name in (item.label, *item.synonyms)}


def _member(text: str, dataset: Dataset) -> tuple[str, str] | None:
    """The key column a word is a member of: (column name, the word)."""
    if "metric" in dataset.key and indicator_id(text):
        return "metric", text
    if (
        "district" in dataset.key
        and (found := resolve_district(text))
        and (found.id or found.options)
    ):
        return "district", text
    if "level" in dataset.key and (level := resolve_level(text)) and (level.id or level.options):
        return "level", text
    if "department" in dataset.key and resolve_department(text).id:
        return "department", text
    return None


def meaning(words: Heading, dataset: Dataset) -> Meaning | None:
    """What a heading means in a dataset, or None where it means nothing there."""
    names = _column_names(dataset)
    last = words.tiers[-1] if words.tiers else ""
    for text in ("".join(words.tiers), last):
        if text in names:
            members = dict(
                found
                for tier in words.tiers[:-1]
                if text == last and (found := _member(tier, dataset))
            )
            if members and names[text].kind != "measure":
                continue
            return Meaning(names[text], members)
    for text in (words.label, last):
        if text in _derived_names(dataset):
            return Meaning(None, derived=_derived_names(dataset)[text])
    if not dataset.measures:
        return None
    members = dict(found for tier in words.tiers if (found := _member(tier, dataset)))
    if members:
        measure = next(
            (names[t] for t in words.tiers if t in names and names[t].kind == "measure"), None
        )
        only = dataset.measures[0] if len(dataset.measures) == 1 else None
        return Meaning(measure or only, members)
    return None
