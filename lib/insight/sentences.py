"""Summary sentences: declared rules that turn figures into what a leader should read first.

Each rule is deterministic, says how it works, and returns its sentence with the facts it used,
or nothing where its figures are missing or outside the chosen places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from lib.catalog.metrics import METRIC_BY_ID, in_words_of, metric_name
from lib.catalog.places import place_name
from lib.insight.ranking import rank, share_of_top
from lib.insight.status import AHEAD, BEHIND, progress_light, schedule
from lib.insight.wording import computed, in_full, listed, number, percent, points
from lib.queries.facts import Fact, FactBook
from lib.selection import Selection

MOST = 8


@dataclass(frozen=True)
class Sentence:
    """One sentence, the rule that made it (in Chinese, for people) and the facts it rests on."""

    rule: str
    text: str
    facts: tuple[Fact, ...]


Maker = Callable[[FactBook, Selection], Sentence | None]


def _against_schedule(rate: Decimal, done: Fact) -> str:
    light = progress_light(rate, done)
    calendar = schedule(done).removeprefix(
        done.as_of_text or ""
    )  # the sentence begins with the date
    gap = points(abs(light.gap or Decimal(0)))
    if light.word == AHEAD:
        return f"超{calendar}{gap}个百分点"
    if light.word == BEHIND:
        return f"慢于{calendar}{gap}个百分点"
    return f"与{calendar}基本持平"


def _progress(rate_id: str, template: str, book: FactBook, selection: Selection) -> Sentence | None:
    rate = METRIC_BY_ID[rate_id]
    assert rate.ratio is not None
    done, goal = (book.get(metric) for metric in rate.ratio)
    if selection.chosen_districts or done is None or goal is None or not goal.value:
        return None
    share = done.value / goal.value
    template = in_words_of(template, done.period)
    text = template.format(done=in_full(done), goal=in_full(goal), share=percent(share))
    margin = METRIC_BY_ID[done.metric].caution
    return Sentence(
        f"{metric_name(rate_id, done.period)}＝{rate.definition}；与{schedule(done)}比较，±{margin:g}个百分点内为持平",
        f"截至{done.as_of_text}，{text}，{_against_schedule(share, done)}。",
        (done, goal),
    )


def _over_plan(book: FactBook, selection: Selection) -> Sentence | None:
    pairs = [
        (label, book.get(f"center_{level}_upgraded"), book.get(f"center_{level}_planned"))
        for level, label in (("town", "为民服务中心"), ("village", "便民服务中心"))
    ]
    over = [(la, up, plan) for la, up, plan in pairs if up and plan and up.value > plan.value]
    if selection.chosen_districts or not over:
        return None
    words = [
        f"{in_words_of(la, up.period)}{in_full(up)}，比计划多{computed(up.value - plan.value, up.unit)}"
        for la, up, plan in over
    ]
    return Sentence(
        "提升数大于计划数的层级，差额＝提升数－计划数",
        f"列入提升范围的{'；'.join(words)}。",
        tuple(fact for _, up, plan in over for fact in (up, plan)),
    )  # fmt: skip


def _concentration(
    metric_id: str, label: str, top: int, book: FactBook, selection: Selection
) -> Sentence | None:
    facts = [f for f in book.of(metric_id) if f.department in selection.departments]
    stated = book.get(metric_id)
    if not facts or stated is None:
        return None
    chosen = bool(selection.chosen_departments)
    total = sum((f.value for f in facts), Decimal(0)) if chosen else stated.value
    largest, share = share_of_top(facts, total, top)
    named = listed(f"{place_name(f.department)}{in_full(f)}" for f in largest)
    scope = "所选部门" if chosen else "全市"
    tail = (
        f"，{'合计' if len(largest) > 1 else ''}占{percent(share)}"
        if len(facts) > len(largest)
        else ""
    )
    return Sentence(
        f"件数最多的{top}个部门及其占{scope}{label}的比重",
        f"{stated.as_of_text}{scope}{label}{computed(total, stated.unit)}，其中{named}{tail}。",
        (stated, *largest),
    )


def _ends(metric_id: str, book: FactBook, selection: Selection) -> Sentence | None:
    ranking = rank(book, metric_id, "district", selection.districts)
    if not ranking.worst:
        return None
    groups: dict[str, list[str]] = {}
    for fact in ranking.worst:
        groups.setdefault(in_full(fact), []).append(place_name(fact.district))
    behind = listed(
        f"{listed(names)}{'' if '于' in figure else '为'}{figure}"
        for figure, names in groups.items()
    )
    first = (
        f"{place_name(ranking.best[0].district)}最高（{in_full(ranking.best[0])}），"
        if ranking.best
        else ""
    )
    average = f"，低于全市平均（{in_full(ranking.benchmark)}）" if ranking.benchmark else ""
    facts = (*ranking.best, *ranking.worst, *filter(None, (ranking.benchmark,)))
    among = "所选地区中，" if selection.chosen_districts and ranking.best else ""
    return Sentence(
        f"最高：有确切数值的最大者；落后：{ranking.rule}",
        f"{among}{ranking.name}{first}{behind}{average}。",
        facts,
    )


def _mobile(book: FactBook, _: Selection) -> Sentence | None:
    done, total, pending, place = (
        book.get(f"mobile_standard_{name}") for name in ("connected", "total", "pending", "rank")
    )
    if done is None or total is None or not total.value:
        return None
    share = done.value / total.value
    facts = tuple(filter(None, (done, total, pending, place)))
    return Sentence(
        "接入率＝已接入÷总数；排名和未接入数为原文所称；总数没有写明完成期限，不与序时进度比较",
        f"截至{done.as_of_text}，移动端标准应用接入{in_full(done)}（共{in_full(total)}，{percent(share)}）"
        + (f"，居全省{place.value_text}" if place else "")
        + (f"，仍有{in_full(pending)}未接入" if pending else "")
        + "。",
        facts,
    )


def _claims(book: FactBook, _: Selection) -> Sentence | None:
    rate = book.get("supervision_claim_rate", "city_level")
    place = book.get("supervision_claim_rank", "city_level")
    claimed, items = (
        book.get(metric, "city_level")
        for metric in ("supervision_claimed_items", "supervision_items")
    )
    if rate is None or claimed is None or items is None:
        return None
    share = points(claimed.value / items.value * 100, 2)
    differs = (
        ""
        if Decimal(share) == rate.value
        else f"（按{number(claimed.value)}÷{number(items.value)}为{share}%，待核）"
    )
    return Sentence(
        "认领率为原文所称；括号内为认领数÷事项数，两者不同时提示",
        f"市本级监管事项认领率{in_full(rate)}{differs}"
        + (f"，居全省{place.value_text}" if place else "")
        + "。",
        tuple(filter(None, (rate, claimed, items, place))),
    )


def _laggards(book: FactBook, selection: Selection) -> Sentence | None:
    phrases = {
        "power_unclaimed": "存在未认领权力事项",
        "faceless_low": "不见面办理率低于全市平均",
        "instant_low": "即办件占比低于全市平均",
    }
    facts = {key: next(iter(book.of(f"roster_{key}")), None) for key in phrases}
    stated = [(fact, phrases[key]) for key, fact in facts.items() if fact]
    if selection.chosen_departments or not stated:
        return None
    return Sentence(
        "原文所称的名单部门数",
        f"市级部门中，{listed(f'{in_full(fact)}{phrase}' for fact, phrase in stated)}。",
        tuple(fact for fact, _ in stated),
    )


_MAKERS: tuple[Maker, ...] = (
    partial(_progress, "center_point_completed_rate", "政务服务便利站已实体运转{done}，为计划{goal}的{share}"),
    partial(_progress, "staff_trained_rate", "“畅通办”专员已培育{done}，为目标（{goal}）的{share}"),
    partial(_concentration, "overdue_count", "网办超期", 1),
    partial(_concentration, "warning_count", "网办预警", 3),
    partial(_ends, "power_claim_rate"),
    partial(_ends, "instant_rate"),
    _mobile,
    _claims,
    _laggards,
    _over_plan,
)  # fmt: skip


def summary(book: FactBook, selection: Selection) -> tuple[Sentence, ...]:
    """The first sentences that have something to say for the selection, at most eight."""
    made = (maker(book, selection) for maker in _MAKERS)
    return tuple(sentence for sentence in made if sentence)[:MOST]
