"""使用帮助: what each audience does, step by step, and what people ask."""

import streamlit as st

from lib import markup, widgets
from lib.help.guides import GUIDE_BY_ID
from lib.help.questions import ANSWERS
from lib.meeting.keys import KEYS

QUESTIONS = "questions"
PARTS = {id: guide.audience for id, guide in GUIDE_BY_ID.items()} | {QUESTIONS: "常见问题"}

part = st.query_params.get("part", "")
part = part if part in PARTS else next(iter(PARTS))
guide = GUIDE_BY_ID.get(part)
about = (
    f"{guide.audience}：{guide.title}。图里是2022年上半年的数据。" if guide else "填报的人常问的。"
)
widgets.title("使用帮助", about, alone=True)
st.html(markup.help_tabs(PARTS, part))
st.html(markup.guide(guide) if guide else markup.answers(ANSWERS))
if part == "meeting":
    st.html(markup.heading("放映时的按键", "在放映页按 ? 也看得到") + markup.pairs(KEYS))
