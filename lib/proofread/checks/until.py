"""截止与截至: 截止 ends (报名已截止), 截至 counts up to a day (截至7月底)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Reading, Span

_UNTIL = re.compile(r"截止(?=目前|20\d\d年|\d{1,2}月|今年|上月|本月|年底)")


def until(reading: Reading) -> Iterator[Hit]:
    """截止 directly before a time: one finding, with every place."""
    spans = [
        Span(passage, *match.span())
        for passage in reading.stating
        for match in _UNTIL.finditer(passage.text)
    ]
    if spans:
        what = f"后面接时间时应用“截至”，“截止”共{len(spans)}处"
        yield Hit(spans[0], what, "截至", "很可能", "截至", tuple(spans[1:]))
