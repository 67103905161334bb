"""An answer: rows, and what they are of."""

from __future__ import annotations

from dataclasses import dataclass

from lib.answers.fields import Row
from lib.store.release import Release


@dataclass(frozen=True)
class Answer:
    """What a resource answers.

    release, period: what the figures are of; None where the rows are declarations or releases
    nature: the sentence that says what is made up, None where nothing is
    after:  where the next page begins, None where there is none
    """

    rows: list[Row]
    release: Release | None = None
    period: str | None = None
    nature: str | None = None
    after: int | None = None

    @property
    def of(self) -> dict[str, str | None]:
        """Release, period and nature, by name."""
        release = self.release.id if self.release else None
        return {"release": release, "period": self.period, "nature": self.nature}
