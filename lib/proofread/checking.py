"""Proofread a draft: read it once, run every check, tell what was found in the draft's order."""

from __future__ import annotations

from lib.proofread.checks import CHECKS
from lib.proofread.draft import Draft
from lib.proofread.findings import Finding
from lib.proofread.notes import is_acknowledged
from lib.proofread.reading import Books, read
from lib.queries.facts import fact_book
from lib.queries.rosters import roster_book


def _books(release_id: str | None, period: str | None) -> Books | None:
    if release_id is None or period is None:
        return None
    return Books(fact_book(release_id, period), roster_book(release_id, period), release_id, period)


def proofread(
    draft: Draft, release_id: str | None = None, period: str | None = None
) -> tuple[Finding, ...]:
    """What should be looked at, in the draft's order.

    Without a release only what the draft says itself is held together: its arithmetic, its wording.
    Raises UnknownReleaseError for a release the lake does not hold.
    """
    reading = read(draft, _books(release_id, period))
    found = [
        check.finding(hit)
        for check in CHECKS
        if reading.books or not check.needs_release
        for hit in check.run(reading)
        if not is_acknowledged(hit)
    ]
    return tuple(sorted(found, key=lambda f: (f.place.paragraph, f.place.start, f.place.end)))
