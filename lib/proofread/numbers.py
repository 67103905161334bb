"""The numbers of a text: value, digits as written, qualifier and unit, each with its place.

Days, document numbers, headings' numbers and model names are no numbers that state anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lib.catalog.units import SCALES, UNITS
from lib.intake.words.numbers import read_figure

# A written qualifier > the word it is kept as (`lib.catalog.qualifiers`).
_BEFORE = {
    "不少于": "不少于", "不低于": "不少于", "至少": "不少于", "不足": "低于", "低于": "低于",
    "不超过": "以下", "不高于": "以下", "至多": "以下", "超过": "超", "高于": "超", "超": "超", "逾": "超",
    "大约": "约", "约": "约", "将近": "近", "接近": "近", "近": "近",
}  # fmt: skip
_AFTER = {"以上": "以上", "以下": "以下", "以内": "以下"}
# Beyond the units figures are reported in: what else lists and texts count.
_MORE_UNITS = [
    "个百分点",
    "个工作日",
    "个月",
    "平方米",
    "方面",
    "大类",
    "大",
    "级",
    "地",
    "市",
    "区",
    "场",
    "场次",
    "期",
    "批次",
    "批",
    "台",
    "套",
    "座",
    "所",
    "处",
    "间",
    "辆",
    "例",
    "篇",
    "倍",
    "小时",
    "年",
    "处次",
    "批件",
    "宗件",
    "户次",
    "家次",
    "件次",
    "点",
    "门",
    "部",
    "只",
    "台次",
    "班次",
]
_PLAIN_UNITS = sorted(
    {unit.lstrip("".join(SCALES)) for unit in UNITS} | set(_MORE_UNITS), key=len, reverse=True
)
_UNIT = "|".join(map(re.escape, _PLAIN_UNITS))
# What follows digits that name a day, an edition, a paragraph: 2022年, 5号, 1.
_NO_UNIT = r"(?!年(?!以)|月|日|号|时(?!长)|版|旬|届|楼|季度|[A-Za-z])"
_NUMBER = re.compile(
    rf"""(?P<before>{"|".join(sorted(_BEFORE, key=len, reverse=True))})?\s?
    (?:
      (?P<ordinal>第)?(?P<digits>(?<![\d.A-Za-z+〔\-/])(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?(?![\d,.]\d|\d))
      | (?P<nth>第(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]))(?![一二三四五六七八九十])
      | (?P<words>(?<![一二三四五六七八九十百千第几数])(?:[二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])(?=余?(?:{_UNIT})))
      | (?<=近|超|约)(?P<bare>[百千万])(?=[{"".join(sorted({u[0] for u in _PLAIN_UNITS}))}])
    )
    (?P<scale>百|千|万|亿)?(?P<more>余|多(?=[{"".join(sorted({u[0] for u in _PLAIN_UNITS}))}]))?
    {_NO_UNIT}
    (?:\x20?(?P<unit>{_UNIT}))?(?P<after>以上|以下|以内)?""",
    re.VERBOSE,
)
_RANK_UNIT = "位"


@dataclass(frozen=True)
class Number:
    """A number at `text[start:end]`, qualifier and unit included.

    value: in the plain unit (2.3万件 is 23000 件); `text` is as written, without unit (2.3万, 85.40, 第五)
    """

    start: int
    end: int
    value: Decimal
    text: str
    qualifier: str = ""
    unit: str = ""

    @property
    def places(self) -> int:
        """Digits behind the decimal point, as written."""
        return len(self.text.rstrip("百千万亿").partition(".")[2])

    @property
    def exact(self) -> bool:
        """Whether it is a point: neither an estimate nor a bound."""
        return not self.qualifier


def _read(match: re.Match[str]) -> Number | None:
    digits = match["digits"] or match["nth"] or match["words"] or match["bare"]
    written = f"{match['ordinal'] or ''}{digits}{match['scale'] or ''}"
    figure = read_figure(written)
    if figure is None:
        return None
    before = _BEFORE.get(match["before"] or "", "")
    after = "余" if match["more"] else _AFTER.get(match["after"] or "", "")
    unit = _RANK_UNIT if written.startswith("第") else match["unit"] or ""
    return Number(match.start(), match.end(), figure.value, written, before or after, unit)


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a `plain` text, in order."""
    for match in _NUMBER.finditer(text):
        number = _read(match)
        if number is not None:
            yield number
