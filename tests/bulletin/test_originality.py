"""The wording is ours: no run of the published bulletin beyond names, lists and figures."""

from __future__ import annotations

import re

from lib.bulletin.compose import bulletin
from lib.bulletin.spans import Told
from lib.insight.cells import Figure
from lib.queries.stated import highlights
from lib.selection import Selection

LONGEST = 15
FULL_WIDTH = str.maketrans(",;:()?!", "，；：（）？！")


def flat(text: str) -> str:
    return re.sub(r"\s", "", text).translate(FULL_WIDTH)


def runs_of(text: str, source: str) -> list[str]:
    starts = range(len(text) - LONGEST)
    return [run for i in starts if (run := text[i : i + LONGEST + 1]) in source]


def test_no_sentence_is_copied_from_the_published_text(
    bulletin_text: str, whole_city: Selection
) -> None:
    source = flat(bulletin_text)
    items = {row["item"] for row in highlights("R0001", "2022H1").to_pylist()}
    copied = []
    for block in bulletin(whole_city).blocks:
        own = [
            "\n" if isinstance(s, Figure) or (isinstance(s, Told) and s not in items) else s
            for s in block.spans
        ]
        copied += [run for part in "".join(own).split("\n") for run in runs_of(part, source)]
    assert copied == []


def test_a_copied_sentence_would_be_found(bulletin_text: str) -> None:
    source = flat(bulletin_text)
    assert runs_of(source[200:240], source)
