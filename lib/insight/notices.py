"""Notices: every declared rule over a release's period. Nothing is kept here, sent, or corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from lib.catalog.datasets import CASES, ROSTER, STATED
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
from lib.catalog.rules import RULES, ListRule
from lib.insight.caseload import by_department, of_status
from lib.insight.findings import Finding
from lib.insight.judgements import Judgement, Standing, most_pressing_first, of_place
from lib.insight.notice_changes import missing, worse
from lib.insight.notice_figures import behind, below_city, bound
from lib.insight.reconcile import OF_CASES, reconcile
from lib.insight.wording import MISSING
from lib.queries.cases import Counts, case_counts
from lib.queries.facts import FactBook, fact_book
from lib.queries.release import opened_release, origin

__all__ = ["Judgement", "judgements", "staleness"]

_OF_LISTS = frozenset(rule.id for rule in RULES if isinstance(rule, ListRule))


def judgements(release_id: str, period: str) -> tuple[Judgement, ...]:
    """What every rule but that about the day finds, the most pressing first, otherwise as declared.

    Raises UnknownReleaseError.
    """
    return _judged(fact_book(release_id, period), release_id, period)


def staleness(release_id: str, now: dt.datetime) -> Judgement:
    """Whether what a release holds was published too long before `now`; a rollback publishes nothing."""
    rule = next(rule for rule in NOTICES if isinstance(rule, StaleNotice))
    made = origin(release_id)
    newest = made.periods[-1]
    days = (now - made.created_at).days
    standing: Standing = "成立" if days > rule.days else "不成立"
    sentence = f"最新的数据（版本 {made.id}）已发布{days}天。"
    return Judgement(
        rule.id, CITY.id, newest, standing, sentence, f"{days}天", made_up=made.made_up(newest)
    )


@lru_cache(maxsize=32)
def _judged(book: FactBook, release_id: str, period: str) -> tuple[Judgement, ...]:
    release = opened_release(release_id)

    def marked(one: Judgement) -> Judgement:
        made_up = any(release.made_up(fact.period, (fact.dataset,)) for fact in one.facts)
        return replace(one, made_up=made_up or release.made_up(period, _beside_facts(one)))

    found = (one for rule in NOTICES for one in _found(rule, book, release_id, period))
    return most_pressing_first(marked(one) for one in found)


def _beside_facts(one: Judgement) -> tuple[str, ...]:
    """The datasets that a judgement rests on beside those of its facts."""
    match one.declared:
        case MissingNotice():  # on what a period lacks
            return STATED
        case CasesNotice():
            return (CASES.id,)
        case BrokenNotice():
            return (
                (CASES.id,)
                if one.subject in OF_CASES
                else (ROSTER.id,) * (one.subject in _OF_LISTS)
            )
    return ()


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
            stated = "" if one.stated == MISSING else f"{_stated(one)}，"
            held = one.status == "不一致"
            sentence = f"{one.name}：{stated}核对得{one.computed}" if held else f"{one.name}：一致"
            yield Judgement(
                rule.id, one.rule, period, "成立" if held else "不成立", f"{sentence}。", one.stated,
                one.facts, one.places,
            )  # fmt: skip


def _stated(one: Finding) -> str:
    """What was stated; a list (名单4个部门) says itself what it is."""
    return one.stated if one.stated.startswith("名单") else f"所称{one.stated}"


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
