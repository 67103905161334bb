"""会议展示: the overview in large type, one subject at a time, pinned to the release in the link."""

import streamlit as st

from lib import widgets
from lib.catalog.periods import parse_period
from lib.insight.overview import overview
from lib.queries.release import opened_release

selection = widgets.current_selection()
view = overview(selection)
release = opened_release(selection.release_id)
if not view.cards:
    widgets.empty("本期没有可展示的数据。请在左侧换一个期次。")
    widgets.done()

titles = [*(card.title for card in view.cards), "要点"]
last = len(titles) - 1
here = st.session_state.setdefault("meeting-page", 0)
here = st.session_state["meeting-page"] = min(max(here, 0), last)


def turn(step: int) -> None:
    """Go to another page of the sequence."""
    st.session_state["meeting-page"] += step


st.caption(
    f"{parse_period(selection.period).label}｜{selection.scope}｜固定版本 {release.label}｜第{here + 1}页，共{last + 1}页"
)
with st.container(border=True, height=560, vertical_alignment="center", key="meeting-slide"):
    if here < last:
        card = view.cards[here]
        st.markdown(f"# {card.title} :gray[{widgets.plain(card.scope)}]")
        st.markdown(f"# {widgets.plain(card.value)} {widgets.plain(card.unit)}")
        st.markdown(f"## {widgets.badge(card.light)}")
        for line in card.lines:
            st.markdown(f"## {widgets.plain(line)}")
    else:
        st.markdown("# 要点")
        for sentence in view.sentences:
            st.markdown(f"### {widgets.plain(sentence.text)}")
with st.container(horizontal=True, horizontal_alignment="center"):
    st.button(
        "上一页",
        icon=":material/arrow_back:",
        on_click=turn,
        args=(-1,),
        disabled=here == 0,
        shortcut="Left",
    )
    st.button(
        "下一页",
        icon=":material/arrow_forward:",
        on_click=turn,
        args=(1,),
        disabled=here == last,
        shortcut="Right",
    )
