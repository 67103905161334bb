"""Headline cards."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lib.catalog.metrics import METRIC_BY_ID
from lib.insight.cards import Card
from lib.markup.tags import badge, link, sources_address, tag


def _card(item: Card) -> str:
    value = escape(item.value)
    if item.facts:
        own = [f for f in item.facts if (f.metric, f.value_text) == (item.metric, item.value)]
        value = link(item.value, sources_address(own[:1] or item.facts), "tb-source")
    metric = METRIC_BY_ID[item.metric]
    definition = escape(f"{metric.definition}。出处：通报{metric.section}。")
    return tag(
        "section",
        tag("h3", f"{escape(item.title)} {tag('small', escape(item.scope))}")
        + tag("p", f"<strong>{value}</strong> {escape(item.unit)} {badge(item.light)}", "tb-figure")
        + tag("p", "<br>".join(escape(line) for line in item.lines), "tb-lines")
        + tag("details", f"<summary>口径</summary>{definition}"),
        f"tb-card tb-card-{item.metric}",
    )  # fmt: skip


def cards(items: Sequence[Card]) -> str:
    """Headline cards: six in a row on a wide screen, three on a laptop, two on a phone."""
    return tag(
        "div",
        tag("div", "".join(_card(item) for item in items), f"tb-cards tb-of-{len(items)}"),
        "tb-frame",
    )
