"""View objects as HTML: every text escaped, nothing but the classes of `assets/style.css`.

One string per block is far less for a browser to build than a component per line: the cards of
a page cost one element instead of twenty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from lib.catalog.metrics import METRIC_BY_ID
from lib.insight.overview import Card
from lib.insight.status import Light
from lib.insight.table import Table


def _tag(name: str, content: str, css: str = "") -> str:
    return f'<{name} class="{css}">{content}</{name}>' if css else f"<{name}>{content}</{name}>"


def badge(light: Light) -> str:
    """A light: colour, shape and word."""
    return _tag("span", escape(str(light)), f"tb-light tb-{light.tone}")


def _card(item: Card) -> str:
    definition = escape(METRIC_BY_ID[item.metric].definition)
    return _tag(
        "section",
        _tag("h3", f"{escape(item.title)} {_tag('small', escape(item.scope))}")
        + _tag("p", f"<strong>{escape(item.value)}</strong> {escape(item.unit)} {badge(item.light)}", "tb-figure")
        + _tag("p", "<br>".join(escape(line) for line in item.lines), "tb-lines")
        + _tag("details", f"<summary>口径</summary>{definition}"),
        f"tb-card tb-card-{item.metric}",
    )  # fmt: skip


def cards(items: Sequence[Card]) -> str:
    """Headline cards: six in a row on a wide screen, three on a laptop, two on a phone."""
    return _tag(
        "div",
        _tag("div", "".join(_card(item) for item in items), f"tb-cards tb-of-{len(items)}"),
        "tb-frame",
    )


def file_head(name: str, summary: str, badges: Sequence[tuple[str, str]]) -> str:
    """A file's or part's name, what it is, and (text, tone) badges."""
    shown = " ".join(_tag("span", escape(text), f"tb-light tb-{tone}") for text, tone in badges)
    return _tag("p", f"<strong>{escape(name)}</strong> {shown}<br>{escape(summary)}", "tb-file")


def table(content: Table) -> str:
    """A short table that scrolls inside itself where the screen is narrow."""
    head = "".join(_tag("th", escape(label)) for label in content.columns)
    rows = "".join(
        _tag("tr", "".join(_tag("td", escape(cell)) for cell in row)) for row in content.rows
    )
    body = f"<thead>{_tag('tr', head)}</thead><tbody>{rows}</tbody>"
    return _tag("div", _tag("table", body, "tb-table"), "tb-scroll")


def numbered(sentences: Iterable[str]) -> str:
    """Sentences as a numbered list."""
    return _tag("ol", "".join(_tag("li", escape(text)) for text in sentences), "tb-list")


def heading(text: str, remark: str = "") -> str:
    """A section's heading with an optional remark behind it."""
    return _tag(
        "h2", escape(text) + (f" {_tag('small', escape(remark))}" if remark else ""), "tb-heading"
    )


def title(text: str, remark: str) -> str:
    """A page's title and the line under it."""
    return _tag("h1", escape(text), "tb-title") + note(remark)


def note(text: str) -> str:
    """A line in small, faint type."""
    return _tag("p", escape(text), "tb-note")
