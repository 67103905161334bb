"""单位: people counted in 人 or 名 in one place and in 个 in another (1000人, 1000个专员)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Reading, Span
from lib.proofread.text import CJK

_HEADS = "专员|工作人员|人员|代办员|联络员|管理员|志愿者|网格员|队员|干部|社工"
_NOUN = re.compile(rf"的?(?:[“][{CJK}]{{1,6}}[”])?[{CJK}]{{0,4}}?(?P<head>{_HEADS})")


def people_units(reading: Reading) -> Iterator[Hit]:
    """Each 个 before people who are elsewhere counted in 人 or 名."""
    found: dict[str, dict[str, list[Span]]] = {}
    for passage in reading.stating:
        for number in passage.numbers:
            noun = _NOUN.match(passage.bare, number.end)
            if number.unit in ("人", "个", "名") and noun:
                units = found.setdefault(noun["head"], {})
                units.setdefault(number.unit, []).append(Span(passage, number.start, number.end))
    for head, units in found.items():
        others = [unit for unit in ("名", "人") if unit in units]
        if "个" not in units or not others:
            continue
        first = units["个"][0]
        shown = "、".join(f"“{units[unit][0].quoted}”" for unit in others)
        yield Hit(
            first,
            f"{head}的单位不一致：此处是“{first.quoted}”，别处是{shown}，人数宜用“人”或“名”",
            f"{first.quoted[:-1]}名",
            "很可能",
            f"{first.quoted[:-1]}名",
            tuple(span for unit in others for span in units[unit]) + tuple(units["个"][1:]),
        )
