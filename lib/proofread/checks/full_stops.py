"""句号: a paragraph of body text that ends without one."""

from __future__ import annotations

from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.roles import is_numbered
from lib.proofread.text import brackets

_ENDS = "。；：！？…”』」"
_SHORTEST = 12


def _is_sentence(passage: Passage) -> bool:
    """Whether a paragraph is sentences: a short line without a comma may be a heading or an entry."""
    text = passage.text.strip()
    if len(text) < _SHORTEST:
        return False
    return any(mark in text for mark in "，。；") or (not is_numbered(text) and len(text) > 30)


def _stands_behind_a_stop(text: str) -> bool:
    """Whether a closing remark in brackets has its stop inside, or is a sentence's own remark."""
    opened = {closed: at for at, closed in brackets(text).items()}.get(len(text) - 1, 0)
    return text[-2] in _ENDS or text[opened - 1 : opened] in ("。", "！")


def full_stops(reading: Reading) -> Iterator[Hit]:
    """Body paragraphs whose last sentence is open; a note in brackets may stand behind its stop."""
    for passage in reading.passages:
        text = passage.text.rstrip()
        if passage.role != "body" or not _is_sentence(passage) or text[-1] in _ENDS:
            continue
        if text[-1] == "）" and _stands_behind_a_stop(text):
            continue
        mend = text[-1]
        if mend in "，、":
            what, after = f"段落以“{mend}”结束，应为句号", "。"
        elif mend == ".":
            continue  # told with the half-width marks
        else:
            what, after = "段落末尾缺句号", f"{passage.paragraph.text[len(text) - 1]}。"
        yield Hit(Span(passage, len(text) - 1, len(text)), what, after, "确定", after)
