"""通报文稿: the bulletin as it writes itself, where its numbers come from, and its wording."""

import streamlit as st

from lib import markup, widgets
from lib.bulletin.compose import bulletin
from lib.catalog.demo import DEMO_MARK
from lib.panels import bulletin as desk

PARTS = {"全文": desk.text, "数据来源": desk.annex, "措辞模板": desk.templates}

selection = widgets.current_selection()
made = bulletin(selection)
st.html(
    widgets.takeaway("bulletin", "bulletin-red")
    + markup.title(
        "通报文稿",
        "由所选版本的数按模板写成，带到 Word 里可以接着改；文件编号留空，缺的数标〔缺〕，对不上的数随文注明。",
    )
    + markup.reading(
        desk.summary(made) + (f"；{DEMO_MARK}，不得引用。" if made.synthetic else "。")
    )
)
for notice in made.notices:
    st.warning(markup.plain(notice), icon=":material/edit_note:")
if refused := st.session_state.pop("wording_refused", None):
    st.error(markup.sentence(refused), icon=":material/block:")

part = st.segmented_control(
    "看什么", list(PARTS), default="全文", required=True, key="bulletin-part",
    label_visibility="collapsed",
)  # fmt: skip
PARTS[str(part)](made)
