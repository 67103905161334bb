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
            end = passage.text.find("%", match.end()) + 1 or match.end() + 1
            span = Span(passage, match.start(), min(end, match.end() + 12))
            mend = f"{match[0]}、{span.quoted[len(match[0]) :]}"
            yield Hit(span, f"“{span.quoted}”两个数连在一起，中间缺“、”", mend, "确定", mend)
