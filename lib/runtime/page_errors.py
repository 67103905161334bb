"""What a visitor sees where a page breaks: that it did, and a number. The log has the rest."""

from __future__ import annotations

import streamlit as st

from lib.counters import ERRORS
from lib.logs import failed


def page_failed(error: Exception) -> bool:
    """Called by Streamlit for every uncaught error of a page; True: it shows nothing itself."""
    ERRORS.labels("page").inc()
    number = failed("page failed", error)
    st.error(
        f"这一页出错了，没有显示完整。已记下，编号 {number}。请刷新页面再试；仍不行，请把编号告诉管理员。",
        icon=":material/error:",
    )
    return True
