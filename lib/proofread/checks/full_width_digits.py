"""全角数字: digits, per cent signs and decimal points are half-width in official documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.intake.words.numbers import half_width
from lib.proofread.hits import Hit
from lib.proofread.reading import Reading, Span

_WIDE = re.compile(r"[０-９]{1,12}(?:[．.][０-９]{1,6})?[％%]?|(?<=\d)％")


def full_width_digits(reading: Reading) -> Iterator[Hit]:
    """Numbers written with full-width digits."""
    for passage in reading.passages:
        for match in _WIDE.finditer(passage.paragraph.text):
            mend = half_width(match[0])
            yield Hit(
                Span(passage, *match.span()),
                f"“{match[0]}”用了全角数字，应为“{mend}”",
                mend,
                "确定",
                mend,
            )
