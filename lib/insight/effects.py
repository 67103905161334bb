"""What a proposal would change for a reader: headline figures, lights, and rules that turn."""

from __future__ import annotations

from dataclasses import dataclass

from lib.insight.cards import Card
from lib.insight.overview import overview
from lib.insight.reconcile import Finding
from lib.insight.wording import MISSING
from lib.queries.release import opened_release
from lib.selection import Selection


@dataclass(frozen=True)
class CardChange:
    """One headline figure before and after; `same` says that neither figure nor light moves."""

    title: str
    scope: str
    old: str
    new: str
    old_light: str
    new_light: str

    @property
    def same(self) -> bool:
        """Whether a reader would see no difference."""
        return (self.old, self.old_light) == (self.new, self.new_light)


@dataclass(frozen=True)
class RuleChange:
    """One reconciliation rule whose outcome or arithmetic changes."""

    name: str
    old: str
    new: str
    arithmetic: str


@dataclass(frozen=True)
class Effects:
    """What one period's page would show instead."""

    period: str
    cards: tuple[CardChange, ...]
    rules: tuple[RuleChange, ...]


def _figure(card: Card | None) -> tuple[str, str]:
    if card is None:
        return MISSING, MISSING
    return f"{card.value}{card.unit}", str(card.light)


def _cards(before: tuple[Card, ...], after: tuple[Card, ...]) -> tuple[CardChange, ...]:
    old, new = ({card.title: card for card in cards} for cards in (before, after))
    changes = []
    for title in dict.fromkeys((*new, *old)):
        one, two = old.get(title), new.get(title)
        scope = (two or one or after[0]).scope
        (old_figure, old_light), (new_figure, new_light) = _figure(one), _figure(two)
        changes.append(CardChange(title, scope, old_figure, new_figure, old_light, new_light))
    return tuple(changes)


def _rules(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> tuple[RuleChange, ...]:
    old, new = ({finding.rule: finding for finding in findings} for findings in (before, after))
    changes = []
    for rule in dict.fromkeys((*new, *old)):
        one, two = old.get(rule), new.get(rule)
        status = one.status if one else MISSING, two.status if two else MISSING
        shown = two or one
        figures = [(f.stated, f.computed) if f else None for f in (one, two)]
        if shown and (status[0] != status[1] or figures[0] != figures[1]):
            sums = f"{two.arithmetic}，所称{two.stated}" if two else MISSING
            changes.append(RuleChange(shown.name, *status, sums))
    return tuple(changes)


def effects(base_id: str | None, proposal_id: str, period: str) -> Effects:
    """What a proposal (or a release) changes against another, for one period and the whole city.

    Raises UnknownReleaseError for ids the lake does not hold.
    """
    after = overview(Selection(proposal_id, period))
    held = base_id is not None and period in opened_release(base_id).periods
    before = overview(Selection(base_id, period)) if base_id and held else None
    return Effects(
        period,
        _cards(before.cards if before else (), after.cards),
        _rules(before.findings if before else (), after.findings),
    )
