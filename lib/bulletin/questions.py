"""What templates ask, answered from one selection's figures, lists and highlights.

Every answer is a string of private-use characters (see `spans.py`): figures keep their facts, words
from the data are told from a template's own, and what was not reported is a Gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lib.bulletin.askable import MEASURES, QUESTIONS, Question
from lib.bulletin.lists import Lists, gap
from lib.bulletin.names import level_of, metric_of, place_of, roster_of
from lib.bulletin.rules import RULES
from lib.bulletin.spans import Ledger, Mark, Term, When, told
from lib.bulletin.times import by_when, since
from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.periods import parse_period, period_label
from lib.catalog.places import CITY, CITY_LEVEL, DEPARTMENT_IDS, LEVEL_BY_ID, LEVELS, place_name
from lib.insight.cells import figure
from lib.insight.wording import in_full
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection

MOST = 5_000  # questions of one template; a shipped one asks some hundreds

_DONE = {"county": "已基本完成", "point": "已实体运转"}


class TooManyQuestionsError(RuntimeError):
    """A template asks more than any bulletin needs."""


class Questions:
    """The answers for one composition, put into its ledger."""

    def __init__(self, selection: Selection, ledger: Ledger) -> None:
        self._selection = selection
        self._ledger = ledger
        self._book = fact_book(selection.release_id, selection.period)
        self._lists = Lists(selection)
        self._section = ""
        self._asked = 0

    def vocabulary(self) -> dict[str, object]:
        """Every name a template may use; each question takes its declared arguments by
        place or name. To be had anew for every template, which may ask `MOST` questions."""
        self._asked = 0
        answers: dict[str, Callable[..., object]] = {
            "节": self._begin, "期次": self._period, "数": self._figure, "截至": self._since,
            "时点": self._when, "有数": self._has, "站点名": self._site_name,
            "站点数": self._sites, "站点分列": self._sites_by_district,
            "站点列举": self._sites_of, "各部门": self._by_department,
            "各地区": self._by_district, "名单": self._roster, "个数": self._count,
            "要点": self._highlights, "要点地区": self._highlight_places,
            "规则": self._rule, "其余": self._rest,
        }  # fmt: skip
        asked = {
            question.name: self._asking(question, answers[question.name]) for question in QUESTIONS
        }
        districts = [place_name(district) for district in self._selection.districts]
        return {**asked, "各区": districts}

    def _asking(self, question: Question, answer: Callable[..., object]) -> Callable[..., object]:
        names = [argument.name for argument in question.arguments]

        def asked(*given: str, **named: str) -> object:
            self._asked += 1
            if self._asked > MOST:
                raise TooManyQuestionsError
            values = dict(zip(names, given, strict=False)) | named
            return answer(*(values.get(name) for name in names))

        return asked

    def shown(self, words: object) -> str:
        """A loop's own name as words from the data."""
        text = str(words)
        return text if not place_of(text) else self._ledger.put(Term(text))

    def _begin(self, section: str, place: str | None) -> str:
        self._section = f"{section}、{place}" if place else section
        return self._ledger.put(Mark(section=self._section))

    def _period(self) -> str:
        return self._ledger.put(Term(period_label(self._selection.period)))

    # figures

    def _fact(self, name: str, place: str | None) -> tuple[Fact | None, str, str]:
        """A metric's fact for a place, with the metric's id and the place's; the plain metric's own
        place where none is named."""
        metric = metric_of(name) or name
        if place is not None:
            asked = place_of(place) or place
            department = asked if asked in DEPARTMENT_IDS else None
            fact = self._book.get(metric, None if department else asked, department)
            return fact, metric, asked
        own = METRIC_BY_ID[metric].scope
        tried = (own, CITY.id, CITY_LEVEL.id)
        fact = next((f for p in tried if (f := self._book.get(metric, p))), None)
        return fact, metric, own

    def _figure(self, name: str, place: str | None) -> str:
        fact, metric, asked = self._fact(name, place)
        return self._said(fact, metric, asked)

    def _said(self, fact: Fact | None, metric: str, place: str) -> str:
        if place in self._selection.hidden:
            return self._ledger.put(told(""))
        if fact is None:
            name = metric_name(metric, self._selection.period)
            return self._ledger.put(gap(name, place_name(place)))
        return self._ledger.put(figure(in_full(fact), [fact]))

    def _since(self, name: str, place: str | None) -> str:
        fact, _, _ = self._fact(name, place)
        return self._ledger.put(When(since(fact.as_of_text))) if fact else ""

    def _when(self, name: str, place: str | None) -> str:
        fact, _, _ = self._fact(name, place)
        return self._ledger.put(Term(fact.as_of_text or "")) if fact else ""

    def _has(self, name: str, place: str | None) -> bool:
        return self._fact(name, place)[0] is not None

    def _by_department(self, name: str) -> str:
        metric = metric_of(name) or name
        facts = [fact for fact in self._book.of(metric) if fact.department]
        facts.sort(key=lambda fact: -fact.value)
        chosen = [fact for fact in facts if fact.department in self._selection.departments]
        return self._enumerated(
            facts, chosen, metric, "各部门", lambda fact: ("（", in_full(fact), "）")
        )

    def _by_district(self, name: str) -> str:
        metric = metric_of(name) or name
        return self._districts(metric, lambda fact: ("", in_full(fact), ""))

    def _districts(self, metric: str, wording: Callable[[Fact], tuple[str, str, str]]) -> str:
        everyone = Selection(self._selection.release_id, self._selection.period).districts
        facts = [fact for place in everyone if (fact := self._book.get(metric, place))]
        chosen = [fact for fact in facts if fact.district in self._selection.districts]
        return self._enumerated(facts, chosen, metric, "各辖市（区）", wording)

    def _enumerated(
        self, facts: list[Fact], chosen: list[Fact], metric: str, whose: str,
        wording: Callable[[Fact], tuple[str, str, str]],
    ) -> str:  # fmt: skip
        """Places with their figures: 甲（31件）、乙（21件）; closed with 等 where the filters leave out some."""
        if not facts:
            return self._ledger.put(gap(metric_name(metric, self._selection.period), whose))
        if not chosen:
            return self._ledger.put(
                told("未选的部门" if facts[0].department else "未选的辖市（区）")
            )
        shown = "、".join(self._placed(fact, *wording(fact)) for fact in chosen)
        return shown if len(chosen) == len(facts) else f"{shown}等"

    def _placed(self, fact: Fact, before: str, text: str, after: str) -> str:
        place = told(place_name(fact.department or fact.district))
        return self._ledger.put(place, before, figure(text, [fact]), after)

    # sites

    def _site(self, level: str) -> str:
        parsed = parse_period(self._selection.period)
        end = parsed.end.isoformat() if parsed else ""
        return LEVEL_BY_ID[level].name_in(end)

    def _site_name(self, tier: str) -> str:
        return self._ledger.put(Term(self._site(level_of(tier) or tier)))

    def _sites(self, tier: str, measure: str, place: str | None) -> str:
        return self._figure(f"center_{level_of(tier)}_{MEASURES[measure]}", place)

    def _sites_by_district(self, tier: str, measure: str) -> str:
        metric = f"center_{level_of(tier)}_{MEASURES[measure]}"
        return self._districts(metric, lambda fact: ("", in_full(fact), ""))

    def _sites_of(self, place: str) -> str:
        district = place_of(place) or place
        said = [text for level in LEVELS if (text := self._level_of(level.id, district))]
        if not said:
            return self._ledger.put(gap("服务阵地", place_name(district)))
        return "、".join(said)

    def _level_of(self, level: str, district: str) -> str:
        """One level of a district: 为民服务中心7个（其中新增1个）; empty where nothing was stated."""
        scope, *rest = (
            self._book.get(f"center_{level}_{measure}", district)
            for measure in ("upgraded", "planned", "added", "completed")
        )
        words = ("计划", "其中新增", _DONE.get(level, "已完成"))
        parts = [
            self._ledger.put(word, figure(in_full(fact), [fact]))
            for word, fact in zip(words, rest, strict=True)
            if fact
        ]
        if scope is None and not parts:
            return ""
        name = self._ledger.put(Term(self._site(level)))
        own = self._said(scope, f"center_{level}_upgraded", district)
        return f"{name}{own}" + (f"（{'，'.join(parts)}）" if parts else "")

    # lists and highlights

    def _roster(
        self, name: str, place: str | None, noun: str | None, wrap: str | None,
        notes: str | None, joined: str | None,
    ) -> str:  # fmt: skip
        roster = roster_of(name) or name
        own = place_of(place) if place else None
        said = self._lists.said(
            roster, own, noun or "", wrap or "", notes=notes == "要", joined=joined or ""
        )
        return self._ledger.put(*said)

    def _count(self, name: str) -> str:
        return self._ledger.put(self._lists.count(roster_of(name) or name))

    def _own_highlights(self) -> Iterable[tuple[str, str | None]]:
        return self._lists.highlights(self._section)

    def _highlights(self) -> str:
        return self._ledger.put(*by_when(self._own_highlights()))

    def _highlight_places(self) -> str:
        return self._ledger.put(told(self._lists.highlight_places(self._section)))

    # rules and the rest

    def _rule(self, name: str) -> str:
        rule = RULES[name]
        spans = rule.make(self._book, self._lists, self._selection)
        return self._ledger.put(Mark(rule=rule.id), *spans)

    def _rest(self) -> str:
        return self._ledger.put(Mark(rest=True))
