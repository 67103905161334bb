"""What a person decided about a file, as plain text pairs: shown, remembered, replayed.

Keys are `kind:subject`. Remembered per sender are only decisions about names and columns;
what belongs to one file (its period, its header row, its lists) is asked again each time.
"""

from __future__ import annotations

from collections.abc import Mapping

Choices = Mapping[str, str]

PERIOD, AS_OF = "period", "as_of"
IGNORE = "ignore"
REMEMBERED_KINDS = frozenset({"column", "name", "scale"})


def key(kind: str, *subject: str) -> str:
    """The key of a decision, such as `column:联系窗口` or `header:七月.xlsx/Sheet1`."""
    return f"{kind}:{'/'.join(subject)}"


def remembered(choices: Choices) -> dict[str, str]:
    """The decisions worth keeping for a sender's next file."""
    return {k: v for k, v in choices.items() if k.partition(":")[0] in REMEMBERED_KINDS}
