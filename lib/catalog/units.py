"""Units figures are written in, and which of them say the same."""

from __future__ import annotations

UNITS = frozenset(
    ("个", "人", "名", "件", "项", "条", "家", "份", "次", "人次", "位", "元", "%", "分钟", "公里", "类", "种",
     "天", "工作日", "户", "宗", "笔", "万元", "亿元", "万件", "万人", "万人次", "万条")
)  # fmt: skip
SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
# A head count is written with any of these.
_SAME = ({"人", "个", "名"}, {"件", "宗"}, {"家", "户"})


def same_unit(one: str, other: str) -> bool:
    """Whether two written units count the same thing."""
    return one == other or any({one, other} <= group for group in _SAME)


def is_unit(word: str) -> bool:
    """Whether a word is a known unit, plain or with a factor: 件, 千件."""
    factor, _, plain = split_scale(word)
    return word in UNITS or (factor > 1 and plain in UNITS and plain != "%")


def split_scale(unit: str) -> tuple[int, str, str]:
    """A unit's factor, the factor's character and the plain unit: 万元 is (10000, 万, 元)."""
    for character, factor in SCALES.items():
        if unit.startswith(character) and unit != character:
            return factor, character, unit.removeprefix(character)
    return 1, "", unit
