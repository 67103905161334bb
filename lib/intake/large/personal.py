"""Whether a large regular text holds a person's number, asked of its distinct cells.

What a column is meant to hold does not matter: a telephone number under 期次 is one, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyarrow.compute as pc

from lib.intake.check.redact import Known, holds_personal
from lib.intake.large.cells import Cells
from lib.intake.sheet import SheetView

# Wider than what `words/privacy` looks for: three digits of any script, an address, a name after a role.
_WORTH_TESTING = r"\p{Nd}{3}|[@＠人员]|微信"


def holds_number_of_person(
    columns: Sequence[Cells], odd: Iterable[Sequence[str]], view: SheetView
) -> bool:
    """Whether a cell of the body does; codes and figures of their own columns are none.

    odd: rows that are not in `columns`
    """
    known = Known(frozenset(view.codes), frozenset(view.figures))
    if holds_personal(odd, known):
        return True
    return any(
        known.text(index, word) != word
        for index, column in enumerate(columns)
        if index not in known.codes
        for word in _suspected(column)
    )


def _suspected(column: Cells) -> list[str]:
    worth = pc.match_substring_regex(column.words, _WORTH_TESTING)
    return [str(word) for word in column.words.filter(worth).to_pylist()]
