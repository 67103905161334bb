"""数字溯源: from a figure to its definition, its query, its release and the row it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.metrics import METRIC_BY_ID, Metric, metric_name
from lib.catalog.outline import SECTIONS
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.insight.cells import stated_in_full
from lib.insight.dictionary import BASES, DIRECTIONS
from lib.insight.reconcile import Finding, reconcile
from lib.insight.table import Table, table
from lib.insight.wording import MISSING, in_full, listed
from lib.queries.facts import Fact, fact_book, metric_fact
from lib.queries.references import referenced
from lib.queries.release import opened_release, sql_text
from lib.queries.rosters import roster_members
from lib.queries.sources import brought_by, released_row
from lib.selection import Selection
from lib.store.release import Release

Pairs = tuple[tuple[str, str], ...]
VIEW_SQL, METRIC_SQL = "facts", "metric"


@dataclass(frozen=True)
class Trace:
    """All that stands behind one stated figure.

    question:  the query, its bound parameters, and whether asking it again gave the same figure
    about, definition, row: (label, text) lines; `row` is the released row, as in the upload template
    first:     the release that brought the row, None where no release names its file
    """

    fact: Fact
    metric: Metric
    title: str
    about: Pairs
    definition: Pairs
    sql: str
    parameters: dict[str, str | None]
    same_again: bool
    release: Release
    first: Release | None
    row: Pairs
    members: str
    findings: tuple[Finding, ...]


def find_facts(selection: Selection, references: Sequence[str]) -> tuple[list[Fact], list[str]]:
    """The facts an address names (metric~place~period), and the references that name none."""
    found: list[Fact] = []
    unknown: list[str] = []
    for reference in references:
        fact = referenced(selection.release_id, reference, selection.period)
        if fact:
            found.append(fact)
        else:
            unknown.append(reference)
    return found, unknown


def title_of(fact: Fact) -> str:
    """Which figure: its metric, place and period."""
    place = place_name(fact.department or fact.district or "city")
    return f"{metric_name(fact.metric, fact.period)}｜{place}｜{period_label(fact.period)}"


def trace(selection: Selection, fact: Fact) -> Trace:
    """Everything behind one fact of the selection's release."""
    release_id = selection.release_id
    parameters = {
        "period": fact.period,
        "metric": fact.metric,
        "district": fact.district,
        "department": fact.department,
    }
    again = metric_fact(release_id, fact.period, fact.metric, fact.district, fact.department)
    return Trace(
        fact=fact,
        metric=METRIC_BY_ID[fact.metric],
        title=title_of(fact),
        about=_about(fact),
        definition=_definition(METRIC_BY_ID[fact.metric]),
        sql=sql_text(METRIC_SQL),
        parameters=parameters,
        same_again=again == fact,
        release=opened_release(release_id),
        first=brought_by(release_id, fact),
        row=tuple(released_row(release_id, fact)),
        members=_members(release_id, fact),
        findings=tuple(f for f in reconcile(release_id, fact.period) if fact in f.facts),
    )


def _about(fact: Fact) -> Pairs:
    section = f"{fact.section}（{SECTIONS.get(fact.section, '')}）" if fact.section else MISSING
    return (
        ("原文写法", in_full(fact)),
        ("数值", f"{fact.value.normalize():f}"),
        ("限定词", fact.qualifier or "无（确切数）"),
        ("单位", fact.unit or MISSING),
        ("时点", f"{fact.as_of_text or MISSING}（{fact.as_of}）"),
        ("出处", section),
        ("备注", fact.note or MISSING),
    )


def _definition(metric: Metric) -> Pairs:
    return (
        ("定义", metric.definition),
        ("类型", BASES[metric.basis]),
        ("方向", DIRECTIONS[metric.direction]),
        ("数据集", DATASET_BY_ID[metric.dataset].name),
        ("编号", metric.id),
    )


def _members(release_id: str, fact: Fact) -> str:
    """The members of the list whose stated number this is; empty for other figures."""
    roster = fact.metric.removeprefix("roster_")
    if fact.dataset != "roster" or roster not in ROSTER_BY_ID:
        return ""
    rows = roster_members(release_id, fact.period).to_pylist()
    return listed(row["member_text"] for row in rows if row["roster"] == roster)


def total(facts: Sequence[Fact]) -> str:
    """What several facts come to, where they are details of one kind and can be added; else empty."""
    rates = {METRIC_BY_ID[fact.metric].basis for fact in facts} & {"rate", "rank"}
    wholes = {"city", "city_level"} & {fact.district for fact in facts}
    kinds = {re.sub("^center_[a-z]+_", "center_", fact.metric) for fact in facts}
    alike = len(kinds) == len({fact.unit for fact in facts}) == 1
    if len(facts) < 2 or rates or wholes or not alike:
        return ""
    amount = sum((fact.value for fact in facts), Decimal(0))
    parts = "＋".join(fact.value_text for fact in facts)
    return f"{parts}＝{amount.normalize():f}{facts[0].unit or ''}"


def search(selection: Selection, wanted: str) -> Table:
    """The figures of the chosen places whose name, place, section or text holds a word."""
    rows = []
    for fact in fact_book(selection.release_id, selection.period):
        if fact.district in selection.hidden or fact.department in selection.hidden:
            continue
        place = place_name(fact.department or fact.district or "city")
        name, section = metric_name(fact.metric, fact.period), fact.section or MISSING
        words = (name, place, in_full(fact), section, METRIC_BY_ID[fact.metric].id)
        if all(any(part in word for word in words) for part in wanted.split()):
            rows.append((name, place, stated_in_full(fact), fact.as_of_text or MISSING, section))
    return table(("指标", "范围", "数值", "时点", "出处"), rows)
