"""When the parts of a page are sent, for a browser to show them in the order they are read.

While a browser fetches and starts the scripts of charts and filters it paints nothing. So it gets
the figures first and a moment to paint them, then the charts, then the filters. Work need not wait.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Pauses:
    """Seconds a browser needs for what it was sent; chosen with bench/ui.py and bench/scale.py.

    page:   for a page without a chart
    charts: where it has charts, beside that
    chart:  for each of them, beside that
    light:  for figures that no chart follows, whose scripts would keep the browser from painting
    """

    figures: float
    page: float
    charts: float = 0
    chart: float = 0
    light: float = 0


_SENDING = 0.004  # seconds until the thread that sends has taken what a page gave it
_ADDRESS = 0.02  # seconds a browser needs for a new address, where no figure is new
# Filters that are there already are drawn again, too, where figures had to be.
FIRST, AGAIN = (
    Pauses(figures=0.11, page=0.14, chart=0.08, light=0.06),
    Pauses(figures=0.035, page=0, charts=0.03, chart=0.01, light=0.024),
)


def begin() -> None:
    """A run of a page begins: nothing of it has been sent."""
    st.session_state.setdefault("pauses", FIRST)
    st.session_state.figures_were_sent = False
    st.session_state.figures_are_new = False
    st.session_state.charts_sent = 0
    st.session_state.charts_were_waited_for = False


def address_sent() -> None:
    """The address holds what was chosen: where no figure is new, it is there before what is slower."""
    st.session_state.address_is_new = True


def figures_sent(html: str) -> None:
    """Figures went out: after a page's first, the browser has a moment for what is new, if only the address."""
    if st.session_state.get("figures_were_sent", True):
        return
    st.session_state.figures_were_sent = True
    address_is_new = st.session_state.pop("address_is_new", False)
    if st.session_state.get("figures_painted") != (painted := hash(html)):
        st.session_state.figures_painted = painted
        st.session_state.figures_are_new = True
        time.sleep(st.session_state.pauses.figures)
    elif address_is_new:
        time.sleep(_ADDRESS)


@contextmanager
def meanwhile() -> Iterator[None]:
    """As `figures_sent`, where tables with bars follow and no chart, which are made in that moment."""
    st.session_state.figures_are_new = True
    chart_sent()
    end = time.monotonic() + st.session_state.pauses.light
    time.sleep(min(_SENDING, st.session_state.pauses.light))
    yield
    time.sleep(max(end - time.monotonic(), 0))


def chart_sent() -> None:
    """A chart went out, which the browser will be drawing."""
    st.session_state.charts_sent = st.session_state.get("charts_sent", 0) + 1


def after_charts() -> None:
    """All charts of a page went out: what stands below them waits until they are drawn."""
    if not st.session_state.get("charts_were_waited_for", True):
        st.session_state.charts_were_waited_for = True
        pauses, charts = st.session_state.pauses, st.session_state.charts_sent
        if pauses is FIRST or st.session_state.figures_are_new:
            time.sleep(pauses.page + pauses.charts * bool(charts) + pauses.chart * charts)


def page_sent() -> None:
    """All of the page went out, and what stands round it follows."""
    after_charts()
    st.session_state.pauses = AGAIN
