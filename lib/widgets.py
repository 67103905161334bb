"""The shared look: one card, one table, one chart frame, one empty state. Knows Streamlit, no data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

import pyarrow as pa
import streamlit as st

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import place_name
from lib.insight.overview import Card
from lib.insight.snapshots import Snapshot
from lib.insight.status import Light
from lib.insight.table import Table
from lib.insight.table import table as table_from
from lib.insight.wording import MISSING, in_full
from lib.queries.facts import Fact
from lib.selection import Selection

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$:])")


def current_selection() -> Selection:
    """What the filters of the frame say; set by the shell before every page."""
    return cast(Selection, st.session_state.selection)


def is_dark() -> bool:
    """Whether the viewer's ground is dark."""
    return st.context.theme.type == "dark"


def plain(text: str) -> str:
    """Data shown inside Markdown: nothing in it is markup."""
    return _MARKUP.sub(r"\\\1", text).replace("\n", " ")


def badge(light: Light) -> str:
    """A light as Markdown: colour, shape and word."""
    return f":{light.tone}-badge[{light}]"


def card(item: Card) -> None:
    """One headline figure with its light, scope and lines; the tooltip is its definition."""
    unit = f" {plain(item.unit)}" if item.value != MISSING else ""
    parts = (
        f"**{plain(item.title)}** :gray[:small[{plain(item.scope)}]]",
        f"*{plain(item.value)}*{unit} {badge(item.light)}",  # style.css makes the figure large
        "  \n".join(f":small[{plain(line)}]" for line in item.lines),
    )
    with st.container(border=True, height="stretch", key=f"card-{item.metric}"):
        st.markdown("\n\n".join(parts), help=METRIC_BY_ID[item.metric].definition)


def cards(items: Sequence[Card]) -> None:
    """Headline cards, six in a row on a wide screen, three on a laptop, two on a phone."""
    halves = [items[:3], items[3:]] if len(items) > 3 else [items]
    with st.grid(len(halves), min_column_width=520, gap="small") as outer:
        for half in halves:
            with outer.cell(), st.grid(len(half), min_column_width=150, gap="small"):
                for item in half:
                    card(item)


@lru_cache(maxsize=512)
def _markdown(content: Table) -> str:
    head, *body = (
        " | ".join(plain(cell) or " " for cell in row) for row in (content.columns, *content.rows)
    )
    return "\n".join(
        (f"| {head} |", "|---" * len(content.columns) + "|", *(f"| {b} |" for b in body))
    )


def table(content: Table) -> None:
    """A short list as a light static table: one text to send, nothing to start in the browser."""
    st.markdown(_markdown(content), width="stretch")


def facts_table(facts: Sequence[Fact]) -> None:
    """The stated figures behind something, each with where it was said and uploaded."""
    rows = (
        (
            METRIC_BY_ID[f.metric].name, place_name(f.department or f.district), in_full(f),
            f.as_of_text or str(f.as_of), f.section or MISSING, f"{f.source_file} 第{f.source_row}行",
        )
        for f in facts
    )  # fmt: skip
    table(table_from(("指标", "范围", "数值", "时点", "出处", "来源"), rows))


def empty(sentence: str) -> None:
    """The one empty state: what is not there, and what to do about it."""
    st.info(sentence, icon=":material/inbox:")


def chart(spec: dict[str, Any], data: pa.Table, *, key: str, alt: str) -> None:
    """A chart that is only looked at."""
    st.vega_lite_chart(data, spec, key=key, alt=alt)


@st.fragment
def chart_with_rows(spec: dict[str, Any], snapshot: Snapshot, *, key: str) -> None:
    """A chart whose bars show the released rows behind them when clicked."""
    event = st.vega_lite_chart(
        snapshot.chart,
        spec,
        key=key,
        on_select="rerun",
        selection_mode=["pick"],
        alt=snapshot.reading,
    )
    st.caption(snapshot.reading)
    picked = {item.get(snapshot.key) for item in event["selection"].get("pick", [])} - {None}
    if not picked:
        st.caption("点击图中任一条，查看它背后的数据行。")
        return
    rows = snapshot.sources.where(snapshot.key, picked)
    st.markdown(
        f"**{plain('、'.join(sorted(picked)))}：数据来源**（版本 {current_selection().release_id}）"
    )
    table(rows)
