"""How a figure outside the app names its facts: in an address, and in a Word file's content controls."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from lib.catalog.places import DEPARTMENT_IDS
from lib.queries.facts import Fact, fact_book
from lib.queries.release import UnknownReleaseError, opened_release

TAG_LIMIT = 64  # what Word allows a content control's tag
_SHORT = "#"


def fact_reference(fact: Fact) -> str:
    """A fact by its metric, place and period: warning_count~education~2022H1."""
    return f"{fact.metric}~{fact.department or fact.district or ''}~{fact.period}"


def referenced(release_id: str, reference: str, otherwise: str = "") -> Fact | None:
    """The fact a reference names in a release, or None; `otherwise` is the period of one without.

    Raises UnknownReleaseError.
    """
    metric, place, period = (*reference.split("~"), "", "")[:3]
    held = period or otherwise
    if held not in opened_release(release_id).periods:
        return None
    department = place if place in DEPARTMENT_IDS else None
    district = None if department else place or None
    return fact_book(release_id, held).get(metric, district, department)


def figure_tag(facts: Iterable[Fact], release_id: str) -> str:
    """What a figure was made from, however long: metric~place~period+metric~place~period@release."""
    return f"{'+'.join(map(fact_reference, facts))}@{release_id}"


def short_tag(tag: str) -> str:
    """The tag where Word allows it, else # and a digest; what that stands for is kept in the file."""
    if len(tag) <= TAG_LIMIT:
        return tag
    return _SHORT + hashlib.sha256(tag.encode()).hexdigest()[:16]


def is_short(tag: str) -> bool:
    """Whether a tag is a digest that has to be looked up in its file."""
    return tag.startswith(_SHORT)


def tagged_facts(tag: str) -> tuple[Fact, ...]:
    """The facts a whole tag names; none where the release or any of them is not known."""
    references, _, release_id = tag.rpartition("@")
    try:
        found = [referenced(release_id, reference) for reference in references.split("+")]
    except UnknownReleaseError:
        return ()
    known = tuple(fact for fact in found if fact)
    return known if len(known) == len(found) else ()
