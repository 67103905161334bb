"""A paragraph as the checks read it: the same length as written, so that every place stays a place.

Punctuation is full-width, digits are half-width, blanks are plain, and what is no statement of the
draft (an acknowledged difference, a gap mark) is blanked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FULL = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_ASCII = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E)}
_BLANKS = {ord(blank): " " for blank in "\t\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff"}
_TABLE = str.maketrans(FULL) | _ASCII | _BLANKS
# A thousands separator, a clock, an address: half-width marks that stay.
_KEPT = re.compile(
    r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d):(?=\d\d(?!\d))|[A-Za-z]{2,10}://[\x21-\x7e]{1,500}"
)
PAIRS = {"（": "）", "“": "”", "‘": "’", "《": "》", "〔": "〕", "【": "】", "「": "」"}
_ROUND = re.compile("[（）]")
_SENTENCE = re.compile(r"[。；！？\n]")
_CLAUSE = re.compile(r"[。；！？\n，：]")
_LONGEST = 1_200
_TITLE = re.compile(r"《[^《》]{1,200}》")
CJK = "\u4e00-\u9fff"


def plain(text: str) -> str:
    """The text with full-width punctuation and half-width digits, character for character."""
    made = text.translate(_TABLE)
    pieces, at = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [made[at : kept.start()], kept[0]]
        at = kept.end()
    return "".join([*pieces, made[at:]])


def blank(text: str, spans: list[tuple[int, int]], mark: str = " ") -> str:
    """The text with those places blanked out, as long as before."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], mark * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def without_titles(text: str) -> str:
    """The text with what stands inside 《》 covered: a title's numbers and lists state nothing."""
    return _TITLE.sub(lambda title: f"《{'题' * (len(title[0]) - 2)}》", text)


def brackets(text: str) -> dict[int, int]:
    """Where each round bracket that is closed opens, and where it closes."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for mark in _ROUND.finditer(text):
        if mark[0] == "（":
            opened.append(mark.start())
        elif opened:
            found[opened.pop()] = mark.start()
    return found


def enclosing(text: str) -> list[int]:
    """For each character, where the innermost bracket opens that holds it and closes; -1 for none."""
    closed = brackets(text)
    opened, found = [-1], []
    for at, character in enumerate(text):
        if character == "）" and len(opened) > 1 and closed[opened[-1]] == at:
            opened.pop()
        found.append(opened[-1])
        if at in closed:
            opened.append(at)
    return found


def top_level(text: str) -> str:
    """The text with everything inside brackets and quotation marks covered, marks included."""
    made, awaited = [], [""]
    for character in text:
        if character in PAIRS and len(awaited) < 200:
            awaited.append(PAIRS[character])
            made.append("括")
        elif character == awaited[-1]:
            awaited.pop()
            made.append("括")
        else:
            made.append(character if len(awaited) == 1 else "括")
    return "".join(made)


def _pieces(text: str, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Pieces between marks, none longer than anybody writes: what is looked for stays near."""
    start = 0
    for end in (*(m.span() for m in mark.finditer(text)), (len(text), len(text))):
        for at in range(start, end[0], _LONGEST):
            yield at, min(end[0], at + _LONGEST)
        start = end[1]


def sentences(text: str) -> list[tuple[int, int]]:
    """The places of the sentences, without their closing marks."""
    return list(_pieces(text, _SENTENCE))


def clauses(text: str) -> list[tuple[int, int]]:
    """The places of the clauses, without their closing marks."""
    return list(_pieces(text, _CLAUSE))
