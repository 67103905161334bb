"""The shared look: one card, one table, one chart frame, one empty state. Knows Streamlit, no data."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any, NoReturn, cast

import pyarrow as pa
import streamlit as st

from lib import markup
from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.places import place_name
from lib.insight.overview import Card
from lib.insight.snapshot import Snapshot
from lib.insight.status import Light
from lib.insight.table import Table
from lib.insight.table import table as table_from
from lib.insight.wording import MISSING, in_full
from lib.queries.facts import Fact
from lib.selection import Selection

# How long a browser needs for the headline cards; chosen with bench/ui.py.
FIRST_PAINT_SECONDS, REPAINT_SECONDS = 0.27, 0.06
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$:])")


def current_selection() -> Selection:
    """What the filters of the frame say; set by the shell before every page."""
    return cast(Selection, st.session_state.selection)


class PageDone(Exception):  # noqa: N818 - not an error: the page has said all it has to say
    """Raised by `done`, caught by the shell."""


def done() -> NoReturn:
    """End the page here. Not `st.stop()`, after which the shell could not draw the filters."""
    raise PageDone


def is_dark() -> bool:
    """Whether the viewer's ground is dark."""
    return st.context.theme.type == "dark"


def plain(text: str) -> str:
    """Data shown inside Markdown: nothing in it is markup."""
    return _MARKUP.sub(r"\\\1", text).replace("\n", " ")


def badge(light: Light) -> str:
    """A light inside Markdown: colour, shape and word."""
    return f":{light.tone}-badge[{light}]"


def cards(items: Sequence[Card]) -> None:
    """Headline cards."""
    st.html(markup.cards(items))


def paint_numbers_first() -> None:
    """Let the browser paint the cards before charts and filters keep it busy; no work waits here.

    On a first load what follows makes the browser fetch and start some forty scripts, during
    which nothing is painted.
    """
    first = "page_was_painted" not in st.session_state
    st.session_state.page_was_painted = True
    time.sleep(FIRST_PAINT_SECONDS if first else REPAINT_SECONDS)


def table(content: Table) -> None:
    """A short list as a light static table."""
    st.html(markup.table(content))


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
