"""Notices: every declared rule over a release's period. Nothing is kept here, sent, or corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from lib.catalog.datasets import CASES
from lib.catalog.notices import (
    NOTICES,
    BelowCityNotice,
    BoundNotice,
    BrokenNotice,
    CasesNotice,
    MissingNotice,
    NoticeRule,
    PaceNotice,
    StaleNotice,
    WorseNotice,
)
from lib.catalog.places import CITY, DEPARTMENT_IDS
from lib.insight.caseload import by_department, of_status
from lib.insight.findings import Finding
from lib.insight.judgements import Judgement, Standing, most_pressing_first, of_place
from lib.insight.notice_changes import missing, worse
from lib.insight.notice_figures import behind, below_city, bound
from lib.insight.reconcile import OF_CASES, reconcile
from lib.insight.wording import MISSING
from lib.queries.cases import Counts, case_counts
from lib.queries.facts import FactBook, fact_book
from lib.queries.release import opened_release

__all__ = ["Judgement", "judgements", "staleness"]


def judgements(release_id: str, period: str) -> tuple[Judgement, ...]:
    """What every rule but that about the day finds, the most pressing first, otherwise as declared.

    Raises UnknownReleaseError.
    """
    return _judged(fact_book(release_id, period), release_id, period)


def staleness(release_id: str, now: dt.datetime) -> Judgement:
    """Whether what a release holds was published too long before `now`; a rollback publishes nothing."""
    rule = next(rule for rule in NOTICES if isinstance(rule, StaleNotice))
    release = made = opened_release(release_id)
    while made.restored:
        made = opened_release(made.restored)
    days = (now - made.created_at).days
    standing: Standing = "成立" if days > rule.days else "不成立"
    sentence = f"最新的数据（版本 {made.id}）已发布{days}天。"
    return Judgement(rule.id, CITY.id, release.periods[-1], standing, sentence, f"{days}天")


@lru_cache(maxsize=32)
def _judged(book: FactBook, release_id: str, period: str) -> tuple[Judgement, ...]:
    release = opened_release(release_id)

    def marked(one: Judgement) -> Judgement:
        made_up = any(release.made_up(fact.period, (fact.dataset,)) for fact in one.facts)
        if isinstance(one.declared, CasesNotice) or one.subject in OF_CASES:
            made_up |= release.made_up(period, (CASES.id,))
        return replace(one, made_up=made_up)

    found = (one for rule in NOTICES for one in _found(rule, book, release_id, period))
    return most_pressing_first(marked(one) for one in found)


def _found(rule: NoticeRule, book: FactBook, release_id: str, period: str) -> Iterable[Judgement]:
    match rule:
        case BoundNotice():
            return bound(rule, book, period)
        case BelowCityNotice():
            return below_city(rule, book)
        case PaceNotice():
            return behind(rule, book)
        case WorseNotice():
            return worse(rule, release_id, period)
        case MissingNotice():
            return missing(rule, release_id, period)
        case BrokenNotice():
            return _broken(rule, reconcile(release_id, period), period)
        case CasesNotice():
            return _overdue(rule, case_counts(release_id, period, "standing"), period)
        case StaleNotice():
            return ()  # about the day, not about figures


def _broken(rule: BrokenNotice, findings: Iterable[Finding], period: str) -> Iterator[Judgement]:
    """Every finding that settles it; one without details, or about a definition, does not."""
    for one in findings:
        if one.status in ("不一致", "一致"):
            stated = "" if one.stated == MISSING else f"所称{one.stated}，"
            held = one.status == "不一致"
            sentence = f"{one.name}：{stated}核对得{one.computed}" if held else f"{one.name}：一致"
            yield Judgement(
                rule.id, one.rule, period, "成立" if held else "不成立", f"{sentence}。", one.stated,
                one.facts, one.places,
            )  # fmt: skip


def _overdue(rule: CasesNotice, cases: Counts, period: str) -> Iterator[Judgement]:
    """Every department with any case, in the order of the catalog."""
    held, counted = by_department(cases), by_department(of_status(cases, rule.status))
    for place in DEPARTMENT_IDS:
        if place in held:
            count = counted.get(place, 0)
            yield of_place(
                rule, place, period, "成立" if count else "不成立", f"有{count}件办件超期未结", f"{count}件",
                own=(("status", rule.status),),
            )  # fmt: skip
