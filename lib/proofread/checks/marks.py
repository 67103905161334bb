"""与版本核对（带标记的数）: a Word file of ours says which figures each of its numbers was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations

from lib.proofread.checks.against_release import agrees, differing
from lib.proofread.draft import Mark
from lib.proofread.hits import Hit
from lib.proofread.numbers import Number
from lib.proofread.reading import Books, Passage, Reading, Span
from lib.proofread.telling_facts import listed, named
from lib.queries.facts import Fact
from lib.queries.references import referenced

_MOST = 40  # facts of one mark that are tried in pairs


def _facts(mark: Mark, books: Books) -> list[Fact]:
    """The figures a mark names, of the release the draft is held against; none if one is unknown."""
    references = mark.tag.rpartition("@")[0].split("+")
    found = [referenced(books.release_id, reference, books.period) for reference in references]
    known = [fact for fact in found if fact]
    return known if len(known) == len(found) else []


def _differences(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """What is missing between one of them and all the others, or two of them."""
    total = sum(values, Decimal(0))
    for value in values:
        yield abs(value - (total - value))
    for one, other in permutations(values[:_MOST], 2):
        yield abs(one - other)


def _shares(values: Sequence[Decimal], places: int) -> Iterator[Decimal]:
    """One of them as a percentage of another."""
    for one, other in permutations(values[:_MOST], 2):
        if other:
            yield (one / other * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _is_made_from(number: Number, facts: Sequence[Fact]) -> bool:
    """Whether a number is one of several figures, or a sum, difference, product, share or count of them."""
    values = [fact.value for fact in facts]
    if number.value in (*values, sum(values, Decimal(0)), Decimal(len(values))):
        return True
    if number.unit == "%":
        return number.value in _shares(values, number.places)
    product = len(values) == 2 and number.value == values[0] * values[1]
    return product or number.value in _differences(values)


def _hit(passage: Passage, number: Number, facts: list[Fact], books: Books) -> Hit | None:
    span = Span(passage, number.start, number.end)
    if len(facts) == 1:
        right = agrees(number, facts[0])
        return None if right else differing(span, number, (facts[0],), books.release_id, "确定")
    if _is_made_from(number, facts):
        return None
    what = f"“{span.quoted}”由{'、'.join(map(named, facts[:6]))}等{len(facts)}个数得来，按版本{books.release_id}得不出：{listed(facts)}"
    return Hit(span, what, "", "很可能", facts=tuple(facts))


def marks(reading: Reading) -> Iterator[Hit]:
    """Marked numbers that are not, or not made from, the figures of their mark."""
    books = reading.books
    if books is None:
        return
    for passage in reading.passages:
        for mark in passage.paragraph.marks:
            inside = [n for n in passage.numbers if n.start < mark.end and mark.start < n.end]
            facts = _facts(mark, books)
            hit = _hit(passage, inside[0], facts, books) if facts and len(inside) == 1 else None
            if hit:
                yield hit
