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


def test_what_is_new_has_a_moment_figures_or_the_address_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(pacing, "FIRST", pacing.Pauses(figures=7, page=0))
    monkeypatch.setattr(
        pacing, "time", SimpleNamespace(sleep=slept.append, monotonic=time.monotonic)
    )
    page = AppTest.from_string(SCRIPT)

    def pauses(chosen: bool, html: str) -> list[float]:
        slept.clear()
        page.session_state.chosen, page.session_state.html = chosen, html
        assert not page.run().exception
        return slept.copy()

    sending, address = pacing._SENDING, pacing._ADDRESS
    assert pauses(chosen=False, html="甲") == [7]
    assert pauses(chosen=True, html="乙") == [sending, 7]
    assert pauses(chosen=False, html="乙") == []
    assert pauses(chosen=True, html="乙") == [sending, address]
