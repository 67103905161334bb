"""Personal data stays out: names of people who filled in a form, telephone and identity numbers."""

from __future__ import annotations

import re

from lib.catalog.places import clean_name

_HAN = "[一-龥·]"
_BODIES = r"(?![一-龥·]{0,6}(?:局|委|办|部|处|科|中心|区|市|县|公司))"  # who sent it, not a person
_ROLE = (
    "(?:填表|填报|制表|审核|复核|审批|审定|经办|负责|联系|统计|报送|责任|校对"
    "|科长|主任|联络员|主管领导|分管领导)"
)
_NAMED = rf"{_BODIES}{_HAN}(?:\s?{_HAN}){{1,3}}?"
_SIGNED = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|经办|负责|联系|统计|报送|责任)(?:人|员)\s*(?:[（(].{0,6}[）)])?\s*[:：]"
    r"|(?:联系)?(?:电话|手机|方式)\s*[:：]|签字|签名|签章|身份证"
    rf"|(?:^|\s){_ROLE}\s*[:：]\s*(?:{_NAMED}(?=\s|$|{_ROLE}\s*[:：]|[,，、;；（(\d])|$)"
)
# Digits of every width; a telephone number may be written in groups.
_GAP = r"[-－–—·\s]?"
_MOBILE = rf"(?:(?:[+＋]|00)?86{_GAP})?[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
_LANDLINE = r"[(（]?[0０]\d{2,3}[)）]?[-－–—\s]?\d{7,8}"
_IDENTITY = (
    r"[1-9１-９]\d{5}(?:19|20|１９|２０)\d\d(?:[0０][1-9１-９]|[1１][0-2０-２])"
    r"(?:[0０][1-9１-９]|[12１２]\d|[3３][01０１])\d{3}[\dXxＸｘ]"
)
_MAIL = r"(?<![\w.%+-])[A-Za-z0-9._%+-]{1,64}[@＠](?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}"
_WECHAT = (
    r"(?:(?<=微信[:：])|(?<=微信号[:：])|(?<=微信号码[:：]))\s*[A-Za-z0-9_-]{3,}"
    r"|(?<=微信号)\s*[A-Za-z][A-Za-z0-9_-]{4,}"
)
_SHORT_AFTER = r"(?P<kept>(?:电话|联系|座机)(?:人|方式|号码?)?\s*[:：为是]?\s*)"
_SHORT = (
    rf"(?!{_MOBILE})"
    + r"(?!20\d\d[01]\d[0-3]\d(?!\d))[1-9１-９]\d{2,3}[-－\s]?\d{4}(?!\d|\s?[万亿件人个家次元名项条户])"
)
_NUMBERS = re.compile(
    rf"(?<!\d)(?:{_MOBILE}|{_LANDLINE}|{_IDENTITY})(?!\d)|{_MAIL}|{_WECHAT}|{_SHORT_AFTER}{_SHORT}"
)
# A name inside a text: after a role and a colon, or before a telephone number.
_END = r"(?=电话|手机|座机|微信|联系|[^一-龥·]|$)"
_NAME = rf"{_BODIES}(?:{_HAN}{{2,4}}?{_END}|{_HAN}{{2,3}})"
_NAMES = re.compile(
    r"(?P<kept>(?:填表|填报|制表|审核|复核|审批|经办|负责|联系|统计|报送|责任)(?:人|员)"
    rf"(?:\s*[:：]\s*(?={_HAN})|\s*(?={_NAME}\s*[,，:：（(]?\s*(?:电话|手机|座机|微信|[+＋]?\d{{7}}|[1１][3-9３-９]\d))))"
    rf"{_NAME}(?:[、/和]{_NAME})*(?P<short>\s*[1-9]\d{{2,3}}[-\s]?\d{{4}}(?!\d))?"
)
REMOVED = "［个人信息已略去］"


def is_signed(text: str) -> bool:
    """Whether a line says who filled in a form."""
    return bool(_SIGNED.search(text) or _SIGNED.search(clean_name(text)))


def is_personal(text: str) -> bool:
    """Whether a line says who filled in a form, or holds a telephone or identity number."""
    return is_signed(text) or holds_number(text)


def holds_number(text: str) -> bool:
    """Whether a text holds a telephone or identity number, an address or a contact's name."""
    return bool(_NUMBERS.search(text) or _NAMES.search(text))


def without_numbers(text: str) -> str:
    """The text with numbers, addresses and names of contacts taken out, visibly."""
    return _NUMBERS.sub(_removed, _NAMES.sub(_removed, text))


def _removed(found: re.Match[str]) -> str:
    return (found.groupdict().get("kept") or "") + REMOVED
