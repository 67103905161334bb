"""并列的分隔: items of one list parted by 、 here and by ， there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import CJK

# An item of either form: 市教育局（31件）, or 35个政务服务便利站.
_ITEM = re.compile(
    rf"(?P<counted>[{CJK}“”]{{1,20}}（[^（）]{{1,12}}）)(?=[，、。；])"
    rf"|(?P<amount>\d{{1,9}}[个项件家条名处所座](?:[{CJK}“”]|（[{CJK}]{{1,6}}）){{2,16}}?)(?=[，、。；]|进行|和|及|正在)"
)


def _runs(passage: Passage) -> Iterator[list[re.Match[str]]]:
    """Neighbouring items of the same form with one mark between them."""
    run: list[re.Match[str]] = []
    for item in _ITEM.finditer(passage.bare):
        joined = run and item.start() == run[-1].end() + 1 and item.lastgroup == run[-1].lastgroup
        if run and not joined:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def separators(reading: Reading) -> Iterator[Hit]:
    """The ， inside lists that are otherwise parted by 、."""
    for passage in reading.stating:
        for run in _runs(passage):
            first = run[0].start() - 1
            marks = [item.end() for item in run[:-1]]
            opening = [first] if passage.bare[first : first + 1] == "、" else []
            lone = [at for at in marks if passage.bare[at] == "，"]
            if not lone or len(lone) == len(marks) + len(opening):
                continue
            spans = [Span(passage, at, at + 1) for at in lone]
            what = f"同一列举里“、”与“{spans[0].quoted}”混用，并列各项之间应统一用“、”"
            yield Hit(spans[0], what, "、", "很可能", "、", tuple(spans[1:]))
