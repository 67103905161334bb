"""Declared rules that make sentences: progress, rankings, lists of those behind, concentration.

Each rule says in Chinese how it works and returns its sentence as pieces whose figures hold the facts
used; nothing where its figures were not reported, a gap where they were to be expected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from lib.bulletin.lists import Lists, gap
from lib.bulletin.spans import Piece, Term, told
from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.periods import elapsed_share, is_over
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.insight.cells import figure
from lib.insight.ranking import rank
from lib.insight.status import AHEAD, BEHIND, Light, progress_light
from lib.insight.wording import in_full, listed, percent, points
from lib.queries.facts import Fact, FactBook
from lib.selection import Selection

Pieces = tuple[Piece, ...]
Maker = Callable[[FactBook, Lists, Selection], Pieces]
_DISTRICTS = "各辖市（区）"


@dataclass(frozen=True)
class SentenceRule:
    """A rule by its id, the name templates use, how it works (for people), and what makes it."""

    id: str
    name: str
    text: str
    make: Maker


def _progress(rate_id: str, book: FactBook, _: Lists, selection: Selection) -> Pieces:
    rate = METRIC_BY_ID[rate_id]
    assert rate.ratio is not None
    done, goal = (book.get(metric) for metric in rate.ratio)
    if done is None or goal is None or not goal.value:
        return ()
    share = done.value / goal.value
    name = Term(metric_name(rate_id, selection.period))
    stated = ("经计算，全市", name, "为", figure(percent(share), [done, goal]))
    light = progress_light(share, done)
    return (*stated, *_pace(light, done, goal), "。")


def _pace(light: Light, done: Fact, goal: Fact) -> Pieces:
    """How a share stands against the calendar; nothing where its goal has no stated deadline."""
    if light.gap is None:
        return ()
    due = figure(percent(Decimal(str(elapsed_share(done.as_of, done.period)))), [done])
    calendar = "全年进度（" if is_over(done.as_of, done.period) else "序时进度（"
    if light.word not in (AHEAD, BEHIND):
        return ("，与", calendar, due, "）基本持平")
    apart = figure(f"{points(abs(light.gap))}个百分点", [done, goal])
    return ("，比", calendar, due, "）快" if light.word == AHEAD else "）慢", apart)


def _ends(metric: str, book: FactBook, _: Lists, selection: Selection) -> Pieces:
    there = [fact for fact in book.of(metric) if fact.district in DISTRICT_IDS]
    facts = [fact for fact in there if fact.district in selection.districts]
    if not there:
        return (gap(metric_name(metric, selection.period), _DISTRICTS), "。")
    if not facts:
        return (told("所选辖市（区）没有报送"), "。")
    ranking = rank(book, metric, "district", selection.districts)
    rest = [fact for fact in facts if fact not in (*ranking.best, *ranking.worst)]
    clauses = [
        *([_best(ranking.best, ranking.name)] if ranking.best else []),
        *_worst(ranking.worst, ranking.benchmark),
        *([_with_figures("其他报送的有", rest, "")] if rest else []),
    ]
    scope = (
        "所选辖市（区）中，" if selection.hidden.intersection(DISTRICT_IDS) else "辖市（区）层面，"
    )
    return (scope, *_joined(clauses), "。")


def _places(facts: list[Fact] | tuple[Fact, ...]) -> str:
    return listed(place_name(fact.department or fact.district) for fact in facts)


def _best(best: tuple[Fact, ...], name: str) -> Pieces:
    return (told(_places(best)), Term(name), "最高，为", figure(in_full(best[0]), best))


def _worst(worst: tuple[Fact, ...], benchmark: Fact | None) -> list[Pieces]:
    """Places that only gave an upper bound share its mention; the others stand with their figures."""
    bounds = [fact for fact in worst if fact.qualifier]
    exact = [fact for fact in worst if not fact.qualifier]
    clauses: list[Pieces] = []
    for text in dict.fromkeys(map(in_full, bounds)):
        same = [fact for fact in bounds if in_full(fact) == text]
        verb = ("均" if len(same) > 1 else "") + ("" if text.startswith("低于") else "为")
        clauses.append((told(_places(same)), verb, figure(text, same)))
    if exact:
        tail = "低于全市平均" if benchmark else "较低"
        clauses.append(_with_figures("", exact, tail))
    return clauses


def _with_figures(before: str, facts: list[Fact], after: str) -> Pieces:
    """甲（21.7%）、乙（30.6%）, with words before and after."""
    pieces: list[Piece] = [before]
    for fact in facts:
        pieces += [told(_places([fact])), "（", figure(in_full(fact), [fact]), "）", "、"]
    return (*pieces[:-1], after)


def _joined(clauses: list[Pieces]) -> list[Piece]:
    return [piece for clause in clauses for piece in (*clause, "；")][:-1]


def _behind(
    roster: str, phrase: str, metric: str, book: FactBook, lists: Lists, selection: Selection
) -> Pieces:
    average: Pieces = ()
    if metric:
        fact = book.get(metric)
        name = metric_name(metric, selection.period)
        average = ("（", figure(in_full(fact), [fact]) if fact else gap(name, "全市"), "）")
    return ("市级层面，", phrase, *average, "的部门有", *lists.said(roster, notes=True), "。")


def _concentration(
    metric: str, top: int, book: FactBook, _: Lists, selection: Selection
) -> Pieces:  # fmt: skip
    facts = sorted((f for f in book.of(metric) if f.department), key=lambda fact: -fact.value)
    total = book.get(metric)
    if (
        selection.hidden.intersection(DEPARTMENT_IDS)
        or len(facts) <= top
        or total is None
        or not total.value
    ):
        return ()
    largest = [fact for fact in facts if fact.value >= facts[top - 1].value]
    share = sum((fact.value for fact in largest), Decimal(0)) / total.value
    both = "合计" if len(largest) > 1 else ""
    return (
        f"经计算，件数{'居前' if both else '最多'}的", told(_places(largest)), f"{both}占全市的",
        figure(percent(share), [total, *largest]), "。",
    )  # fmt: skip


def _coverage(metric: str, book: FactBook, _: Lists, selection: Selection) -> Pieces:
    there = sorted((f for f in book.of(metric) if f.department), key=lambda fact: -fact.value)
    facts = [fact for fact in there if fact.department in selection.departments]
    name = metric_name(metric, selection.period)
    if not there:
        return (gap(name, "各部门"), "。")
    if not facts:
        return (told("所选部门没有报送"), Term(name), "。")
    clauses: list[Pieces] = []
    for text in dict.fromkeys(map(in_full, facts)):
        same = [fact for fact in facts if in_full(fact) == text]
        clauses.append(
            (told(_places(same)), "在" if same[0].qualifier else "为", figure(text, same))
        )
    return (Term(f"{name}方面，"), *_joined(clauses), "。")


_ENDS = "最高：有确切数值的最大者；靠后：低于全市平均的，没有全市平均时为只报了上界的；界限不当确数"
_BEHIND = "原文列名的部门，照原文的先后；括号内为全市平均"
_PACE = "完成数÷目标数，与截至时点的序时进度比较，±5个百分点内为持平"
_DECLARED = (
    SentenceRule("center_point_completed_rate", "便利站：序时进度", _PACE, partial(_progress, "center_point_completed_rate")),
    SentenceRule("staff_trained_rate", "专员：序时进度", _PACE, partial(_progress, "staff_trained_rate")),
    SentenceRule("mobile_standard_rate", "移动端标准应用：接入率", "已接入数÷总数；总数没有写明完成期限，不与序时进度比较", partial(_progress, "mobile_standard_rate")),
    SentenceRule("power_unclaimed", "权力事项认领：落后部门", _BEHIND, partial(_behind, "power_unclaimed", "存在未认领事项", "")),
    SentenceRule("power_claim_rate", "权力事项认领率：地区先后", _ENDS, partial(_ends, "power_claim_rate")),
    SentenceRule("faceless_low", "不见面办理：落后部门", _BEHIND, partial(_behind, "faceless_low", "不见面办理率低于全市平均", "faceless_rate")),
    SentenceRule("faceless_rate", "不见面办理率：地区先后", _ENDS, partial(_ends, "faceless_rate")),
    SentenceRule("instant_low", "即办件：落后部门", _BEHIND, partial(_behind, "instant_low", "即办件占比低于全市平均", "instant_rate")),
    SentenceRule("instant_rate", "即办件占比：地区先后", _ENDS, partial(_ends, "instant_rate")),
    SentenceRule("warning_count", "网办预警：集中程度", "件数最多的3个部门（并列的一并计入）占所称合计的比重", partial(_concentration, "warning_count", 3)),
    SentenceRule("overdue_count", "网办超期：集中程度", "件数最多的部门（并列的一并计入）占所称合计的比重", partial(_concentration, "overdue_count", 1)),
    SentenceRule("behaviour_coverage", "监管行为覆盖率：分组", "写法相同的部门并在一起，由高到低；界限照原文", partial(_coverage, "behaviour_coverage")),
)  # fmt: skip
RULES = {rule.name: rule for rule in _DECLARED}
