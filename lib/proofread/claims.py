"""Claims: which metric of the catalog a number of a draft is, and of which place.

Only what declared phrases and exact names tell; where they leave a choice the claim keeps every
figure it may be, and is wrong only if it is none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lib.catalog.metrics import METRIC_BY_ID, Metric
from lib.catalog.places import CITY, CITY_LEVEL, DISTRICT_IDS, resolve_district
from lib.catalog.units import same_unit
from lib.proofread.numbers import Number
from lib.proofread.places import Mention
from lib.proofread.reading import Books, Passage
from lib.proofread.sites import site_metrics
from lib.proofread.words import Words
from lib.queries.facts import Fact

_WIDE = (CITY.id, CITY_LEVEL.id)


@dataclass(frozen=True)
class Claim:
    """A number and the facts it may be; more than one where the words fit several."""

    passage: Passage
    number: Number
    facts: tuple[Fact, ...]


def _shared_out(words: Words, number: Number, named: list[Mention]) -> str | None:
    """新北区、经开区…分别为21.7%、30.6%: the first number is of the first name."""
    _, end = words.sentence(number)
    at = words.passage.bare.find("分别", named[-1].end, number.start) if len(named) > 1 else -1
    listed = [n for n in words.passage.between(at, end) if n.unit == number.unit] if at > 0 else []
    if len(listed) != len(named) or number not in listed:
        return None
    return named[listed.index(number)].id


def _places(words: Words, number: Number, metric: Metric) -> list[str]:
    """The places a number of that metric can be of; a paragraph's own place before 全市 or 市本级."""
    named = words.named(number)
    one = _shared_out(words, number, named)
    if one:
        return [one]
    exact = [m.id for m in named if m.id and m.id not in _WIDE]
    own = resolve_district(words.passage.place).id if words.passage.place else None
    wide = [m.id for m in named if m.id in _WIDE]
    return exact or ([own] if own else wide or [metric.scope, *_WIDE])


def _facts(metric: Metric, places: Iterable[str], books: Books) -> list[Fact]:
    """The facts of a metric for those places; the one wide figure where the metric has no other."""
    known = books.facts.of(metric.id)
    of = {fact.department or fact.district: fact for fact in known}
    found = [of[place] for place in places if place in of]
    only = len(known) == 1 and known[0].district in _WIDE
    return known if not found and only and not set(places) & set(DISTRICT_IDS) else found


def _same_unit(number: Number, fact: Fact) -> bool:
    """Whether both count the same; the items of a list may be counted in anything (6大版块)."""
    free = not number.unit or not fact.unit or fact.dataset == "roster"
    return free or same_unit(number.unit, fact.unit or "")


def _claim(words: Words, number: Number, books: Books) -> Claim | None:
    metrics = dict.fromkeys([*words.metrics(number), *site_metrics(words, number, books.period)])
    facts = dict.fromkeys(
        fact
        for id in metrics
        for fact in _facts(METRIC_BY_ID[id], _places(words, number, METRIC_BY_ID[id]), books)
        if _same_unit(number, fact)
    )
    return Claim(words.passage, number, tuple(facts)) if facts else None


def claims(passage: Passage, books: Books) -> Iterator[Claim]:
    """The numbers of a passage that are figures of the release."""
    words = Words(passage)
    for number in passage.numbers:
        claim = _claim(words, number, books)
        if claim:
            yield claim
