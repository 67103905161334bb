"""Notice rules about a period's own figures: bounds, the city's average, the pace of the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.notices import PLACES, BelowCityNotice, BoundNotice, PaceNotice, Scope
from lib.catalog.places import CITY, DEPARTMENT_IDS
from lib.insight.bounds import at_least, at_most, over, under
from lib.insight.judgements import Judgement, Standing, figure_of, of_place
from lib.insight.status import BEHIND, pace, progress_light
from lib.insight.wording import in_full, percent
from lib.queries.facts import Fact, FactBook

_PAST = {"超": over, "低于": under, "以下": at_most}
_SHORT_OF = {"超": at_most, "低于": at_least, "以下": over}
_REMARK = 60  # characters of a source's own remark


def places_of(scopes: tuple[Scope, ...]) -> tuple[str, ...]:
    """The ids of the places a rule looks at."""
    return tuple(place for scope in scopes for place in PLACES[scope])


def bound(rule: BoundNotice, book: FactBook, period: str) -> Iterator[Judgement]:
    """Every place with a figure; of a count also those that cannot have any."""
    whole = _fully_named(book, rule)
    for place in places_of(rule.scopes):
        fact = figure_of(book, rule.metric, place)
        if fact is not None:
            yield _against(rule, place, fact)
        elif whole is not None and place in DEPARTMENT_IDS:
            reason = f"没有列名，列名部门合计已等于全市{in_full(whole)}"
            yield of_place(rule, place, period, "不成立", reason, facts=(whole,))


def _against(rule: BoundNotice, place: str, fact: Fact) -> Judgement:
    said = f"{metric_name(rule.metric, fact.period)}{in_full(fact)}"
    if _PAST[rule.past](fact, rule.bound):
        sentence = f"{said}（{rule.line}即提醒）{_remark(place, fact)}"
        return of_place(rule, place, fact.period, "成立", sentence, in_full(fact), (fact,))
    if _SHORT_OF[rule.past](fact, rule.bound):
        sentence = f"{said}，没有到提醒线（{rule.line}）"
        return of_place(rule, place, fact.period, "不成立", sentence, in_full(fact), (fact,))
    sentence = f"{said}，不能判断是否{rule.line}"
    return of_place(rule, place, fact.period, "不能判断", sentence, in_full(fact), (fact,))


def _remark(place: str, fact: Fact) -> str:
    """What the source says of the city's figure, such as that all of it has been dealt with."""
    if place != CITY.id or not fact.note:
        return ""
    return f"；原注：{fact.note[:_REMARK]}{'…' * (len(fact.note) > _REMARK)}"


def _fully_named(book: FactBook, rule: BoundNotice) -> Fact | None:
    """The city's count where the departments named add up to it: all others then have none."""
    whole = book.get(rule.metric)
    if whole is None or METRIC_BY_ID[rule.metric].basis not in ("flow", "stock"):
        return None
    named = [fact for fact in book.of(rule.metric) if fact.department]
    exact = all(fact.qualifier is None for fact in (whole, *named))
    total = sum((fact.value for fact in named), Decimal(0))
    return whole if exact and total == whole.value else None


def below_city(rule: BelowCityNotice, book: FactBook) -> Iterator[Judgement]:
    """Every place with a figure, where the city has one."""
    average = book.get(rule.metric)
    if average is None:
        return
    for place in places_of(rule.scopes):
        fact = figure_of(book, rule.metric, place)
        if fact is None:
            continue
        said = f"{metric_name(rule.metric, fact.period)}{in_full(fact)}"
        city, facts = f"全市平均{in_full(average)}", (fact, average)
        if average.qualifier is None and under(fact, average.value):
            yield of_place(
                rule, place, fact.period, "成立", f"{said}，低于{city}", in_full(fact), facts
            )
        elif average.qualifier is None and at_least(fact, average.value):
            yield of_place(
                rule, place, fact.period, "不成立", f"{said}，不低于{city}", in_full(fact), facts
            )
        else:
            yield of_place(
                rule, place, fact.period, "不能判断", f"{said}，不能判断是否低于{city}", in_full(fact), facts
            )  # fmt: skip


def behind(rule: PaceNotice, book: FactBook) -> Iterator[Judgement]:
    """The city's progress; what is done has to be exact, and so has the goal, or be 不少于 it."""
    metrics = METRIC_BY_ID[rule.rate].ratio or ()
    done, goal = (book.get(metric) for metric in metrics)
    if done is None or goal is None or not goal.value:
        return
    share = done.value / goal.value
    light, facts = progress_light(share, done), (done, goal)
    said = f"截至{done.as_of_text or done.as_of}，{metric_name(done.metric, done.period)}{in_full(done)}，目标{in_full(goal)}"
    figure = in_full(done)
    if done.qualifier is not None or goal.qualifier not in (None, "不少于"):
        sentence = f"{said}，不是确切数，不能与序时进度比较"
        yield of_place(rule, CITY.id, done.period, "不能判断", sentence, figure, facts)
        return
    sentence = f"{said}，完成{percent(share)}，{pace(light, done)}"
    standing: Standing = "成立" if light.word == BEHIND else "不成立"
    yield of_place(rule, CITY.id, done.period, standing, sentence, figure, facts)
