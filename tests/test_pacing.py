"""When the parts of a page are sent: pauses only where there is something new to show."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from lib.runtime import pacing

SCRIPT = """
import streamlit as st
from lib.runtime import pacing
if st.session_state.chosen:
    pacing.address_sent()
pacing.begin()
pacing.figures_sent(st.session_state.html)
"""


CHARTS = """
import streamlit as st
from lib.runtime import pacing
pacing.begin()
pacing.figures_sent(st.session_state.html)
for _ in range(st.session_state.charts):
    pacing.chart_sent()
if st.session_state.below:
    pacing.after_charts()
pacing.page_sent()
"""


@pytest.mark.parametrize("below", [False, True])
def test_what_follows_charts_waits_once_and_only_for_new_ones(
    monkeypatch: pytest.MonkeyPatch, below: bool
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(pacing, "FIRST", pacing.Pauses(figures=7, page=100, chart=10))
    monkeypatch.setattr(pacing, "AGAIN", pacing.Pauses(figures=3, page=0, charts=20, chart=1))
    monkeypatch.setattr(pacing, "time", SimpleNamespace(sleep=slept.append))
    page = AppTest.from_string(CHARTS, default_timeout=60)

    def pauses(html: str, charts: int) -> list[float]:
        slept.clear()
        page.session_state.html, page.session_state.charts = html, charts
        page.session_state.below = below
        assert not page.run().exception
        return slept.copy()

    assert pauses("甲", charts=2) == [7, 120]
    assert pauses("甲", charts=2) == []  # nothing is drawn anew
    assert pauses("乙", charts=2) == [3, 22]
    assert pauses("丙", charts=0) == [3, 0]


def test_what_is_new_has_a_moment_figures_or_the_address_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(pacing, "FIRST", pacing.Pauses(figures=7, page=0))
    monkeypatch.setattr(
        pacing, "time", SimpleNamespace(sleep=slept.append, monotonic=time.monotonic)
    )
    page = AppTest.from_string(SCRIPT, default_timeout=60)

    def pauses(chosen: bool, html: str) -> list[float]:
        slept.clear()
        page.session_state.chosen, page.session_state.html = chosen, html
        assert not page.run().exception
        return slept.copy()

    assert pauses(chosen=False, html="甲") == [7]
    assert pauses(chosen=True, html="乙") == [7]
    assert pauses(chosen=False, html="乙") == []
    assert pauses(chosen=True, html="乙") == [pacing._ADDRESS]
