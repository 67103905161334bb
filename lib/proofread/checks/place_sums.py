"""分地区与全市: what paragraphs opening with 溧阳市： say, added up, beside the total before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lib.proofread.amounts import spread, summed, told
from lib.proofread.hits import Hit, Sum
from lib.proofread.nouns import noun_of, same_noun
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span

_FEWEST = 3
_BACK = 3  # how many paragraphs before the first district's the totals may stand
_MOST = 60  # nouns that are told apart
_COUNTED = frozenset(["个", "家", "处", "座", "所", "项", "件", "名", "人", "条", "台", "间"])

Said = tuple[Passage, Number]


def _groups(reading: Reading) -> Iterator[tuple[list[Passage], list[Passage]]]:
    """Neighbouring paragraphs of several places, with the paragraphs before them."""
    group: list[Passage] = []
    body = [*reading.stating, None]
    for at, passage in enumerate(body):
        if passage is not None and passage.place:
            group.append(passage)
            continue
        if len({p.place for p in group}) >= _FEWEST and len({p.place for p in group}) == len(group):
            first = at - len(group)
            yield [p for p in body[max(0, first - _BACK) : first] if p], group
        group = []


def _first(passage: Passage, noun: str, unit: str) -> Number | None:
    """The first number of that noun in a place's paragraph."""
    return next(
        (
            n
            for n in passage.numbers
            if n.unit == unit and n.exact and same_noun(noun_of(passage, n), noun)
        ),
        None,
    )


def _totals(before: Sequence[Passage]) -> dict[tuple[str, str], list[Said]]:
    """Noun and unit > the numbers of it said before the places', in order."""
    found: dict[tuple[str, str], list[Said]] = {}
    for passage in before:
        for number in passage.numbers:
            noun = noun_of(passage, number)
            told = number.unit in _COUNTED and number.exact and len(noun) >= _FEWEST
            if not told or len(found) > _MOST:
                continue
            key = next((k for k in found if k[1] == number.unit and same_noun(k[0], noun)), None)
            found.setdefault(key or (noun, number.unit), []).append((passage, number))
    return found


def _hit(total: Said, parts: Sequence[Said], noun: str) -> Hit:
    passage, number = total
    numbers = [n for _, n in parts]
    found = summed(numbers)
    gap = told(abs(found - number.value), number)
    return Hit(
        Span(passage, number.start, number.end),
        f"{len(parts)}个地区的{noun}相加为{told(found, number)}（{spread(numbers)}），"
        f"与前面所称{told(number.value, number)}差{gap}",
        told(found, number),
        "很可能",
        also=tuple(Span(p, n.start, n.end) for p, n in parts),
        sum=Sum(number.value, found, tuple(n.value for n in numbers)),
    )


def place_sums(reading: Reading) -> Iterator[Hit]:
    """Totals that the places' own paragraphs do not add up to; all places must say their part."""
    for before, group in _groups(reading):
        for (noun, unit), totals in _totals(before).items():
            parts = [(p, n) for p in group if (n := _first(p, noun, unit))]
            found: Decimal = summed(n for _, n in parts)
            stated = [number.value for _, number in totals]
            if len(parts) == len(group) and found not in stated:
                nearest = min(reversed(totals), key=lambda said: abs(found - said[1].value))
                yield _hit(nearest, parts, noun)
