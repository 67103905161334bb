"""What a check found in a draft: the place, the words, what was expected, how sure, and a mend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.queries.facts import Fact

# How sure: an error by its own arithmetic, very likely one, worth a look.
Confidence = Literal["确定", "很可能", "可能"]
Kind = Literal["与版本不一致", "内部算术", "前后矛盾", "名称写法", "缺字", "标点", "格式"]


@dataclass(frozen=True)
class Place:
    """`text[start:end]` of the draft's paragraph with that number."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """One thing to look at.

    check:    the id of the check that found it
    kind:     the group people look for it in
    quoted:   the words at `place`
    message:  one plain sentence: what is wrong and why
    expected: what should stand there, or the number that was computed; empty where nobody can say
    mend:     the text to put in place of `quoted`; None where only a person can decide
    also:     other places that take part (the parts of a sum, the earlier mention)
    facts:    the figures of the release it was held against
    """

    check: str
    kind: Kind
    place: Place
    quoted: str
    message: str
    expected: str
    confidence: Confidence
    mend: str | None = None
    also: tuple[Place, ...] = ()
    facts: tuple[Fact, ...] = ()
