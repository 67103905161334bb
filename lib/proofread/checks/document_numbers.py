"""文号: 〔20225号 lost its 〕, [2022]5号 has the wrong brackets, 〔2022〕05号 a useless zero."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Reading, Span

_LOST_CLOSE = re.compile(r"〔(?P<year>20\d\d)(?P<number>\d{1,4})号")
_LOST_OPEN = re.compile(r"(?<=[发办字函规知电政协])(?P<year>20\d\d)〕(?P<number>\d{1,4})号")
_WRONG = re.compile(
    r"(?<=[发办字函规知电政协])[\[【［（(](?P<year>20\d\d)[\]】］）)](?P<number>\d{1,4})号"
)
_PADDED = re.compile(r"〔(?P<year>20\d\d)〕(?:第\d{1,4}|0\d{1,3})号")
_FORMS = (
    (_LOST_CLOSE, "年份后缺“〕”，年份和序号连在了一起"),
    (_LOST_OPEN, "年份前缺“〔”"),
    (_WRONG, "年份应用六角括号“〔〕”"),
    (_PADDED, "序号不加“第”，不编虚位"),
)
_DIGITS = re.compile(r"\d{1,4}(?=号)")


def _mended(match: re.Match[str]) -> str:
    digits = _DIGITS.search(match[0], match[0].find("〕") + 1 if "〕" in match[0] else 0)
    number = match.groupdict().get("number") or (digits[0] if digits else "")
    return f"〔{match['year']}〕{number.lstrip('0')}号"


def document_numbers(reading: Reading) -> Iterator[Hit]:
    """Document numbers with a bracket lost or wrong, or a padded number."""
    for passage in reading.stating:
        for form, what in _FORMS:
            for match in form.finditer(passage.paragraph.text):
                mend = _mended(match)
                yield Hit(
                    Span(passage, *match.span()),
                    f"发文字号“{match[0]}”{what}，应为“{mend}”",
                    mend,
                    "确定",
                    mend,
                )
