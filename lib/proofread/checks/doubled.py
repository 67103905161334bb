"""重复的字词: 推进推进, 的的, 、、, and 市级本级 for 市本级."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Reading, Span
from lib.proofread.text import CJK

_WORD = re.compile(rf"(?P<kept>[{CJK}]{{2,8}}?)(?P=kept)")
_PARTICLE = re.compile(
    r"(?P<kept>的)的(?!确)|(?P<kept2>了)了(?![解然结])|(?P<kept3>和)和(?![谐平睦美])|(?P<kept4>[是在与及把将])(?P=kept4)"
)
_MARK = re.compile(r"(?P<kept>[，。、；：])(?P=kept)+")
_LEVEL = re.compile("市级本级")
# 一项一项, 逐条逐条, 研究研究 are said on purpose.
_ON_PURPOSE = re.compile("[一逐某每][^，。]")


def _kept(match: re.Match[str]) -> str:
    return next(part for part in match.groups() if part)


def doubled(reading: Reading) -> Iterator[Hit]:
    """Words, particles and marks that stand twice."""
    for passage in reading.stating:
        found = [
            (match, _kept(match))
            for form in (_WORD, _PARTICLE, _MARK)
            for match in form.finditer(passage.text)
        ]
        found += [(match, "市本级") for match in _LEVEL.finditer(passage.text)]
        for match, mend in found:
            if _ON_PURPOSE.match(mend) and len(mend) == 2:
                continue
            span = Span(passage, *match.span())
            sure = "可能" if len(mend) == 2 else "很可能"
            yield Hit(span, f"“{match[0]}”有重复的字，应为“{mend}”", mend, sure, mend)  # type: ignore[arg-type]
