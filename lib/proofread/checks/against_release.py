"""与版本核对: every number that declared phrases map to a figure of the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lib.proofread.claims import Claim, claims
from lib.proofread.findings import Confidence
from lib.proofread.hits import Hit
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.telling_facts import listed, rewritten
from lib.queries.facts import Fact


def _same_value(number: Number, fact: Fact) -> bool:
    return number.value == fact.value


def _same_places(number: Number, fact: Fact) -> bool:
    """Whether a rate has the decimals of the release: 85.4% is not 85.40%."""
    written = fact.value_text.partition(".")[2]
    return fact.unit != "%" or number.places == len(written)


def agrees(number: Number, fact: Fact) -> bool:
    """Whether a number is a figure as the release has it: value, qualifier, decimals."""
    same = _same_value(number, fact) and _same_places(number, fact)
    return same and number.qualifier == (fact.qualifier or "")


def is_marked(passage: Passage, number: Number) -> bool:
    """Whether a Word file says itself which figure a number is (see `checks.marks`)."""
    marks = passage.paragraph.marks
    return any(mark.start < number.end and number.start < mark.end for mark in marks)


def differing(
    span: Span, number: Number, facts: tuple[Fact, ...], release: str, sure: Confidence
) -> Hit:
    """A number that is none of the figures it may be."""
    fact = facts[0] if len(facts) == 1 else None
    where = f"版本{release}"
    if fact and _same_value(number, fact):
        what = "限定词" if _same_places(number, fact) else "小数位"
        message = f"“{span.quoted}”的{what}与{where}不同：{listed(facts)}"
    else:
        message = f"“{span.quoted}”与{where}不一致：{listed(facts)}"
    mend = rewritten(fact, number) if fact else None
    expected = mend or "或".join(dict.fromkeys(rewritten(f, number) for f in facts))
    return Hit(span, message, expected, sure, mend, facts=facts)


def _sure(claim: Claim) -> Confidence:
    if len(claim.facts) > 1:
        return "可能"
    return "可能" if _same_value(claim.number, claim.facts[0]) else "很可能"


def _said_in_full(found: Iterable[Claim]) -> set[Fact]:
    """The figures that stand somewhere with their own qualifier: they may be repeated without."""
    return {fact for claim in found for fact in claim.facts if agrees(claim.number, fact)}


def _is_repeat(claim: Claim, known: set[Fact]) -> bool:
    return not claim.number.qualifier and any(
        _same_value(claim.number, fact) and fact in known and _same_places(claim.number, fact)
        for fact in claim.facts
    )


def against_release(reading: Reading) -> Iterator[Hit]:
    """Numbers that are not the figure of the release their words name."""
    if reading.books is None:
        return
    found = [claim for p in reading.stating for claim in claims(p, reading.books)]
    known = _said_in_full(found)
    for claim in found:
        if any(agrees(claim.number, fact) for fact in claim.facts) or _is_repeat(claim, known):
            continue
        if not is_marked(claim.passage, claim.number):
            span = Span(claim.passage, claim.number.start, claim.number.end)
            release = reading.books.release_id
            yield differing(span, claim.number, claim.facts, release, _sure(claim))
