"""How a release's figure is named in a finding, and what would be written in its place."""

from __future__ import annotations

from collections.abc import Iterable

from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.catalog.qualifiers import with_qualifier
from lib.insight.wording import in_full
from lib.proofread.numbers import Number
from lib.queries.facts import Fact


def named(fact: Fact) -> str:
    """Of whom and what: 溧阳市权力事项认领率."""
    name = metric_name(fact.metric, fact.period).removesuffix("（所称个数）")
    return f"{place_name(fact.department or fact.district)}{name}"


def sourced(fact: Fact) -> str:
    """The figure with its date and where it was reported."""
    when = f"{fact.as_of_text}，" if fact.as_of_text else ""
    return f"{named(fact)}为{in_full(fact)}（{when}{fact.source_file}第{fact.source_row}行）"


def listed(facts: Iterable[Fact], most: int = 6) -> str:
    """Several figures with their sources."""
    known = list(facts)
    tail = f"等{len(known)}个数" if len(known) > most else ""
    return "；".join(map(sourced, known[:most])) + tail


def rewritten(fact: Fact, number: Number) -> str:
    """The figure as it is written in the release, in the unit the draft has."""
    unit = "" if fact.value_text.startswith("第") else number.unit or fact.unit or ""
    return with_qualifier(fact.value_text, fact.qualifier, unit)
