"""（注：…，待核对）: a difference the draft states itself is no finding, if it states it rightly."""

from __future__ import annotations

from decimal import Decimal

from lib.proofread.hits import Hit, Sum


def _explained(sum: Sum) -> set[Decimal]:
    """Every number a right note about this sum can hold."""
    return {
        sum.stated,
        sum.computed,
        abs(sum.stated - sum.computed),
        Decimal(len(sum.parts)),
        *sum.parts,
    }


def is_acknowledged(hit: Hit) -> bool:
    """Whether a note beside the words, or beside those that take part, says the same arithmetic."""
    if hit.sum is None:
        return False
    explained, gap = _explained(hit.sum), abs(hit.sum.stated - hit.sum.computed)
    passages = [hit.span.passage, *(span.passage for span in hit.also)]
    return any(
        hit.sum.computed in note.values and note.values <= explained and note.gaps <= {gap}
        for passage in passages
        for note in passage.noted
    )
