"""A written figure and what it says: value, its own text, qualifier and unit.

`85.40%` keeps its last zero, `近3亿元` is 300000000 with qualifier 近, `低于70%` is a bound and
not a point, and a blank, a dash or 暂无 is missing, which is not zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from lib.catalog.places import clean_name

_SIGNS = {"≤": "以下", "≥": "以上", "<": "低于", ">": "超", "≦": "以下", "≧": "以上"}
MISSING = frozenset({"", "-", "—", "——", "/", "无", "暂无", "N/A", "n/a"})

_SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "亿": 8}  # powers of ten
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE = r"半|[一二三四五六七八九]?十[一二三四五六七八九]?|[零一二三四五六七八九两]"
_NUMBER = re.compile(
    r"""(?P<before>不少于|低于|约|近|超过|超)?
        (?P<ordinal>第)?
        (?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|CHINESE)?
        (?P<scale>百|千|万|亿)?
        (?P<more>余)?
        (?P<unit>[^\d,.余零一二三四五六七八九十百千万亿两半第]*?)
        (?P<after>以上|以下)?""".replace("CHINESE", _CHINESE),
    re.VERBOSE,
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_APART = re.compile(r"[0-9][\s\u00a0\u2000-\u200a\u3000]+[0-9]")


@dataclass(frozen=True)
class Figure:
    """A read figure. `text` is the number as written (`85.40`, `2.3万`, `第一`) without the rest."""

    value: Decimal
    text: str
    qualifier: str = ""
    unit: str = ""


def _chinese_number(text: str) -> Decimal:
    """零 to 九十九, 两 and 半: what bulletins write out in words."""
    if text == "半":
        return Decimal("0.5")
    tens, ten, ones = text.rpartition("十")
    count = _DIGITS.get(tens, 1) if ten else 0
    return Decimal(count * 10 + _DIGITS.get(ones, 0))


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones. A footnote mark stays: 31① is not 311."""
    return text.translate(_FULL_WIDTH)


def plain(value: Decimal) -> str:
    """A number in plain digits, without needless zeros or exponents."""
    return f"{value.normalize():f}"


def _signed(text: str) -> Figure | None:
    """A bound written with a sign: ≤1 is 1以下."""
    figure = read_figure(text[1:])
    return replace(figure, qualifier=_SIGNS[text[0]]) if figure and not figure.qualifier else None


def is_missing(text: str) -> bool:
    """Whether a cell says there is no figure."""
    return text.strip() in MISSING


def read_figure(text: str) -> Figure | None:
    """Read one written figure; None where the text is not one. Never guesses.

    Full-width digits are folded before reading; thousands separators must group by three, and
    digits with a gap between them may be two figures.
    """
    wide = half_width(text)
    folded = clean_name(wide)
    if _APART.search(wide):
        return None
    if folded[:1] in _SIGNS:
        return _signed(folded)
    match = _NUMBER.fullmatch(folded)
    if not match or not (match["number"] or match["scale"]):
        return None
    if any(character.isnumeric() for character in match["unit"]):
        return None  # 1½, and a footnote's mark: 31①
    if (match["before"] and match["more"]) or (match["before"] and match["after"]):
        return None
    written = match["number"] or ""
    if not written:
        number = Decimal(1)  # 近千份: the scale alone
    elif written[-1].isdigit():
        number = Decimal(written.replace(",", ""))
    else:
        number = _chinese_number(written)
    scale = match["scale"] or ""
    qualifier = match["before"] or ("余" if match["more"] else match["after"]) or ""
    return Figure(
        value=Decimal(f"{number:f}E{_SCALES[scale]}"),  # exact, where a product would be rounded
        text=f"{match['ordinal'] or ''}{written}{scale}",
        qualifier="超" if qualifier == "超过" else qualifier,
        unit=match["unit"],
    )
