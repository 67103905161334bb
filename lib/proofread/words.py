"""The words round a number: its sentence, the phrases of metrics there, the names it is of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from lib.proofread.cues import CUES, Cue
from lib.proofread.numbers import Number
from lib.proofread.places import Mention, mentions
from lib.proofread.reading import Passage
from lib.proofread.text import brackets, enclosing

_BEFORE, _AFTER = 70, 30
_QUOTES = str.maketrans("", "", "“”")
# Words of another time or of a comparison: the number is no figure of this period.
_ELSEWHEN = ("同比", "环比", "去年", "上年", "力争", "增长", "下降", "提高", "增加", "减少")
_JOINTS = ("、", "和", "及", "与", "以及")


class Words:
    """The words round the numbers of a passage; quotation marks stand in nobody's way."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage

    @cached_property
    def mentions(self) -> list[Mention]:
        """The names of the passage that mean one place."""
        return [mention for mention in mentions(self.passage.text) if mention.id]

    @cached_property
    def brackets(self) -> dict[int, int]:
        """Where brackets open and close."""
        return brackets(self.passage.text)

    @cached_property
    def enclosing(self) -> list[int]:
        """For each character, where the innermost bracket opens that holds it."""
        return enclosing(self.passage.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _cues(self) -> list[Cue]:
        """The phrases whose topic the passage has."""
        whole = self.passage.text.translate(_QUOTES)
        return [cue for cue in CUES if cue.is_near(whole)]

    def sentence(self, number: Number) -> tuple[int, int]:
        """The place of the sentence a number stands in."""
        return self.passage.sentences[self.passage.sentence(number.start)]

    def metrics(self, number: Number) -> list[str]:
        """The metrics whose phrases stand round a number."""
        begin, end = self.sentence(number)
        text = self.passage.text
        before = text[max(begin, number.start - _BEFORE) : number.start].translate(_QUOTES)
        after = text[number.end : min(end + 1, number.end + _AFTER)].translate(_QUOTES)
        sentence = text[begin : min(end, begin + 2_000)].translate(_QUOTES)
        if any(word in before[-12:] for word in _ELSEWHEN):
            return []
        found = (cue.metric for cue in self._cues if cue.fits(before, after, sentence))
        return list(dict.fromkeys(found))

    def _before(self, number: Number) -> Iterator[Mention]:
        """The names before a number in its sentence, last first, none from a bracket that has closed."""
        begin, _ = self.sentence(number)
        first = bisect_left(self._starts, begin)
        last = bisect_left(self._starts, number.start)
        for mention in reversed(self.mentions[first:last]):
            opened = self.enclosing[mention.start]
            if opened < 0 or self.brackets[opened] >= number.start:
                yield mention

    def named(self, number: Number) -> list[Mention]:
        """Whom the number is of: the names joined by 、 that stand last before it."""
        named: list[Mention] = []
        for mention in self._before(number):
            between = self.passage.text[mention.end : named[-1].start] if named else "、"
            if between not in _JOINTS or (named and named[-1].kind != mention.kind):
                break
            named.append(mention)
        return named[::-1]
