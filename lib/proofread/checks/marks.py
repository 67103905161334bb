"""与版本核对（带标记的数）: a Word file of ours says which figures each of its numbers was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations

from lib.catalog.periods import elapsed_share
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


def _amounts(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """One of them, their sum, count or product, or what one lacks to another or to all others."""
    total = sum(values, Decimal(0))
    yield from (*values, total, Decimal(len(values)))
    yield from (abs(value - (total - value)) for value in values)
    pairs = list(permutations(values[:_MOST], 2))
    yield from (abs(one - other) for one, other in pairs)
    yield from (one * other for one, other in pairs if len(values) == 2)


def _shares(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """One of them as a percentage of another, or all others of one."""
    total = sum(values, Decimal(0))
    yield from (one / other * 100 for one, other in permutations(values[:_MOST], 2) if other)
    yield from ((total - value) / value * 100 for value in values if value)


def _rates(facts: Sequence[Fact]) -> Iterator[Decimal]:
    """What a percentage can be: a share, 序时进度 at a figure's date, or how far the two are apart."""
    shares = list(_shares([fact.value for fact in facts]))
    paces = {Decimal(str(elapsed_share(fact.as_of, fact.period))) * 100 for fact in facts}
    yield from shares
    yield from paces
    yield from (abs(share - pace) for share in shares for pace in paces)


def _is_made_from(number: Number, facts: Sequence[Fact]) -> bool:
    """Whether a number follows from the figures of its mark."""
    if number.unit not in ("%", "个百分点"):
        return number.value in _amounts([fact.value for fact in facts])
    unit = Decimal(1).scaleb(-number.places)
    made = (*(fact.value for fact in facts), *_rates(facts))
    return any(value.quantize(unit, ROUND_HALF_UP) == number.value for value in made)


def _hit(passage: Passage, number: Number, facts: list[Fact], books: Books) -> Hit | None:
    span = Span(passage, number.start, number.end)
    if len(facts) == 1 and (number.unit == "%") == (facts[0].unit == "%"):
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
