"""How texts fill lines: widths in characters, a title in lines of a fair shape, a signature's place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

_WIDE = "“”‘’—…·"
# What a title is never broken within; the words of this office's titles, longest first.
_PIECES = re.compile(
    r"《[^》]*》|“[^”]*”|（[^）]*）|\d+年(?:[上下]半年|[一二三四]季度|\d+月)?"
    r"|政务服务|互联网|一网通办|标准化|规范化|便利化|常州市|[工]作|推进|情况|通报|简报|关于|开展|实施|建设|改革|管理|运行|监管|[\x21-\x7e]+|."
)
_STAYS_BEHIND = tuple("的和与及等、，》”）")


ROOMY = 0.6  # of a character: what the widest fonts at hand take for a digit or a letter


def ems(text: str, narrow: float = 0.5) -> float:
    """How wide a text is in Chinese characters: digits and Latin letters are half of one."""
    return sum(1 if ord(c) > 0x2E7F or c in _WIDE else narrow for c in text)


def title_lines(text: str, room: float) -> list[str]:
    """A title in as few lines as hold it, whole words each, growing, shrinking or fullest in the middle."""
    pieces = _PIECES.findall(text)
    for count in range(1, len(pieces) + 1):
        fitting = [
            lines for lines in _divided(pieces, count) if all(ems(line) <= room for line in lines)
        ]
        if fitting:
            return min(fitting, key=_awkwardness)
    return [text]


def _divided(pieces: Sequence[str], count: int) -> list[list[str]]:
    made = []
    for cuts in combinations(range(1, len(pieces)), count - 1):
        ends = (0, *cuts, len(pieces))
        made.append(["".join(pieces[a:b]) for a, b in pairwise(ends)])
    return made


def _awkwardness(lines: list[str]) -> tuple[bool, bool, float]:
    """What to avoid, the worst first: a line that begins badly, a shape of no name, uneven lines."""
    widths = [ems(line) for line in lines]
    begins_badly = any(line.startswith(_STAYS_BEHIND) for line in lines[1:])
    return begins_badly, not _is_shapely(widths), max(widths) - min(widths)


def _is_shapely(widths: list[float]) -> bool:
    """梯形 or 菱形: no two neighbours alike, and no waist."""
    steps = [after - before for before, after in pairwise(widths)]
    if any(abs(step) < 1 for step in steps):
        return False
    return all(first > 0 or second < 0 for first, second in pairwise(steps))


def signature_insets(signatory: Sequence[str], date: str, room: float) -> tuple[float, float]:
    """How far in signatory and date begin, in characters, where no seal is set.

    The longest of the signatory's lines ends two characters from the right and all begin alike; the
    date begins two further in. A date too long for that ends two characters from the right instead,
    and the signatory begins two before it.
    """
    left = room - 2 - max(map(ems, signatory), default=0)
    dated = room - 2 - ems(date)
    return (left, left + 2) if left + 2 <= dated else (dated - 2, dated)
