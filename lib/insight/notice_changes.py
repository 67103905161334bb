"""Notice rules about what was before: worse than the last period, or no longer stated."""

from __future__ import annotations

from collections.abc import Iterator

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.notices import MissingNotice, WorseNotice
from lib.catalog.periods import parse_period
from lib.catalog.places import place_name
from lib.insight.bounds import exceeds, no_more
from lib.insight.judgements import Judgement, Standing, figure_of, of_place
from lib.insight.notice_figures import places_of
from lib.insight.trend import Change, Point, change, earlier, marked_label
from lib.insight.wording import in_full
from lib.queries.facts import Fact, FactBook, fact_book


def worse(rule: WorseNotice, release_id: str, period: str) -> Iterator[Judgement]:
    """Every place with a figure in both periods; nothing where there is no period before."""
    before, now = earlier(release_id, period), parse_period(period)
    if before is None or now is None:
        return
    then, here = fact_book(release_id, before.id), fact_book(release_id, now.id)
    labels = marked_label(release_id, before), marked_label(release_id, now)
    for place in places_of(rule.scopes):
        one = Point(before, figure_of(then, rule.metric, place), labels[0])
        two = Point(now, figure_of(here, rule.metric, place), labels[1])
        found = change(one, two)
        if found is None or one.fact is None or two.fact is None:
            continue
        figure = in_full(two.fact)
        standing, said = _compared(one.fact, two.fact, found)
        sentence = f"{metric_name(rule.metric, period)}{figure}，{said}"
        yield of_place(rule, place, period, standing, sentence, figure, (two.fact, one.fact))


def _compared(one: Fact, two: Fact, found: Change) -> tuple[Standing, str]:
    """Whether the second figure is worse, and what is said of that."""
    if (one.qualifier or two.qualifier) and (one.unit or "") == (two.unit or ""):
        return _as_bounds(one, two, found)
    if found.difference is None:
        return "不能判断", found.text
    fell = found.difference > 0 if _is_lower_better(two) else found.difference < 0
    return "成立" if fell else "不成立", found.text


def _as_bounds(one: Fact, two: Fact, found: Change) -> tuple[Standing, str]:
    """Of figures that are not both exact: settled only where their wording settles it."""
    worse, better = (two, one) if _is_lower_better(two) else (one, two)
    before = f"{found.before}是{in_full(one)}"
    if exceeds(worse, better):
        return "成立", before
    if no_more(worse, better):
        return "不成立", before
    vague = f"与{found.before}不比：有一期是约数"
    return "不能判断", vague if found.difference is not None else found.text


def _is_lower_better(fact: Fact) -> bool:
    return METRIC_BY_ID[fact.metric].direction == "lower"


def missing(rule: MissingNotice, release_id: str, period: str) -> Iterator[Judgement]:
    """Every metric that was stated in the period before."""
    before = earlier(release_id, period)
    if before is None:
        return
    then, here = fact_book(release_id, before.id), fact_book(release_id, period)
    label = marked_label(release_id, before)
    for metric in rule.metrics:
        yield from _lost(rule, metric, period, then, here, label)


def _lost(
    rule: MissingNotice, metric: str, period: str, then: FactBook, here: FactBook, label: str
) -> Iterator[Judgement]:
    place = METRIC_BY_ID[metric].scope
    was, now = (figure_of(book, metric, place) for book in (then, here))
    if was is None:
        return
    said = f"{place_name(place)}{metric_name(metric, period)}"
    own = (("metric", metric),)
    if now is None:
        sentence = f"{said}本期没有报送，{label}是{in_full(was)}。"
        yield Judgement(rule.id, metric, period, "成立", sentence, facts=(was,), own=own)
    else:
        sentence = f"{said}{in_full(now)}，已有数。"
        yield Judgement(
            rule.id, metric, period, "不成立", sentence, in_full(now), (now, was), own=own
        )
