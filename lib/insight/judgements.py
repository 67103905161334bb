"""What a notice rule finds of one place: whether it holds, in a sentence, with the figures behind it.

A figure that is missing is judged by no rule but the one about missing figures; a bound (低于70%) that
leaves a rule open is told as such. Neither says that something is well again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lib.catalog.metrics import in_words_of
from lib.catalog.notices import NOTICE_BY_ID, SEVERITIES, Declared, NoticeRule, Severity
from lib.catalog.places import CITY, CITY_LEVEL, DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.insight.cells import Way
from lib.insight.status import Light
from lib.insight.wording import MISSING
from lib.queries.facts import Fact, FactBook
from lib.selection import Selection

Standing = Literal["成立", "不成立", "不能判断"]
LIGHTS: dict[Severity, Light] = {
    "重要": Light("重要", "■", "red"),
    "关注": Light("关注", "▼", "orange"),
    "提示": Light("提示", "◆", "blue"),
}
_WIDE = {CITY.id, CITY_LEVEL.id}


@dataclass(frozen=True)
class Judgement:
    """A rule's outcome for one subject in one period.

    subject: a place id; of reconciliation its rule's, of missing figures the metric's
    figure: with its unit, as people read it;  facts: those behind it
    place:  the district or department it is about, "" where it is the whole city's
    """

    rule: str
    subject: str
    period: str
    standing: Standing
    sentence: str
    figure: str = MISSING
    facts: tuple[Fact, ...] = ()
    places: frozenset[str] = frozenset()
    made_up: bool = False
    own: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The same for the same rule, subject and period, whatever the figure."""
        return f"{self.rule}~{self.subject}~{self.period}"

    @property
    def declared(self) -> NoticeRule:
        """The rule."""
        return NOTICE_BY_ID[self.rule]

    @property
    def title(self) -> str:
        """The rule's title in the words of the period."""
        return in_words_of(self.declared.title, self.period)

    @property
    def way(self) -> Way:
        """The page that shows more, narrowed to the place where there is one."""
        place = next(iter(self.places)) if len(self.places) == 1 else ""
        return Way(
            self.declared.page,
            district=place if place in DISTRICT_IDS else "",
            department=place if place in DEPARTMENT_IDS else "",
            own=self.own,
        )


def of_place(
    rule: Declared, place: str, period: str, standing: Standing, sentence: str, figure: str = MISSING,
    facts: tuple[Fact, ...] = (), own: tuple[tuple[str, str], ...] = (),
) -> Judgement:  # fmt: skip
    """A judgement whose subject is a place."""
    return Judgement(
        rule.id, place, period, standing, f"{place_name(place)}{sentence}。", figure, facts,
        frozenset({place} - _WIDE), own=own,
    )  # fmt: skip


def figure_of(book: FactBook, metric: str, place: str) -> Fact | None:
    """A metric of a place, district or department; None where it is missing."""
    if place in DEPARTMENT_IDS:
        return book.get(metric, None, place)
    return book.get(metric, place)


def concerning(found: Iterable[Judgement], selection: Selection) -> tuple[Judgement, ...]:
    """Those about a chosen district or department, and those about the whole city."""
    chosen = {*selection.chosen_districts, *selection.chosen_departments}
    return tuple(one for one in found if not chosen or not one.places or one.places & chosen)


def most_pressing_first(found: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """By severity, otherwise as they stand."""
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.declared.severity)))
