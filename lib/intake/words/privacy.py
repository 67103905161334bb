"""Personal data stays out: names of people who filled in a form, telephone and identity numbers."""

from __future__ import annotations

import re

from lib.catalog.places import clean_name
from lib.intake.words.numbers import half_width

_SIGNED = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|经办|负责|联系|统计|报送|责任)(?:人|员)\s*(?:[（(].{0,6}[）)])?\s*[:：]"
    r"|(?:联系)?(?:电话|手机|方式)\s*[:：]|签字|签名|签章|身份证"
)
# Mobile and landline numbers; identity numbers, which hold a birth date. In half-width text.
_NUMBERS = re.compile(
    r"(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{7,8}"
    r"|[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])(?!\d)"
)
REMOVED = "［个人信息已略去］"


def is_signed(text: str) -> bool:
    """Whether a line says who filled in a form."""
    return bool(_SIGNED.search(clean_name(text)))


def is_personal(text: str) -> bool:
    """Whether a line says who filled in a form, or holds a telephone or identity number."""
    return is_signed(text) or holds_number(text) or REMOVED in text


def holds_number(text: str) -> bool:
    """Whether a text holds a telephone or identity number."""
    return bool(_NUMBERS.search(half_width(text)))


def without_numbers(text: str) -> str:
    """The text with telephone and identity numbers taken out, visibly."""
    spots = [found.span() for found in _NUMBERS.finditer(half_width(text))]
    for start, end in reversed(spots):
        text = f"{text[:start]}{REMOVED}{text[end:]}"
    return text
