"""缺字: two rates run together without their 、 (21.7%30.6%)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Reading, Span

_GLUED = re.compile(r"\d{1,9}(?:\.\d{1,6})?%(?=\d)")


def glued_rates(reading: Reading) -> Iterator[Hit]:
    """Rates that touch the next number."""
    for passage in reading.stating:
        for match in _GLUED.finditer(passage.text):
            both = passage.text[match.start() : match.end() + 6].split("，")[0].split("。")[0]
            mend = f"{match[0]}、"
            what = f"“{both}”两个数连在一起，“{match[0]}”后缺“、”"
            yield Hit(Span(passage, *match.span()), what, mend, "确定", mend)
