"""操作日志: who did what and when, and whether the log is as it was written."""

from itertools import islice

import streamlit as st

from lib import markup, visitor, widgets
from lib.access.roles import Action
from lib.audit.listing import COLUMNS, as_csv, cells, matching
from lib.audit.recording import audit_log
from lib.audit.verify import verified
from lib.audit.words import Noted
from lib.insight.table import table
from lib.insight.wording import MISSING

if not visitor.require(Action.AUDIT):
    widgets.done()

MOST = 50
folder = audit_log().folder
widgets.title(
    "操作日志",
    "谁、何时、做了什么、哪个版本、结果如何；只增不改，每条都记着前一条的指纹。不含文件内容和个人信息。",
)
verdict = verified(folder)
if verdict.damage:
    st.error(widgets.plain(verdict.sentence), icon=":material/gpp_bad:")
else:
    st.html(markup.reading(verdict.sentence))
for remark in verdict.remarks:
    st.warning(widgets.plain(remark), icon=":material/power_off:")


def to_newest() -> None:
    """A filter was touched: begin with the newest again."""
    st.session_state.audit_page = 0


def turn(by: int) -> None:
    """A button that leads to older or newer lines."""
    st.session_state.audit_page += by


number = st.session_state.setdefault("audit_page", 0)
action, day = st.session_state.get("audit-action"), st.session_state.get("audit-day")
choices = st.container()
found = list(islice(matching(folder, action, day), number * MOST, (number + 1) * MOST + 1))
if found:
    rows = ([cell or MISSING for cell in cells(entry)] for entry in found[:MOST])
    widgets.table(table(COLUMNS, rows))
else:
    widgets.empty("没有这样的操作记录。请换一种操作或一个日期。")

with choices:  # sent after the lines they decide on, which can be read first
    of_action, of_day, taking = st.columns([2, 2, 1], vertical_alignment="bottom")
of_action.selectbox(
    "操作", [None, *Noted], format_func=lambda one: one or "全部操作", key="audit-action",
    on_change=to_newest, filter_mode=None,
)  # fmt: skip
of_day.date_input(
    "日期（北京时间）", None, key="audit-day", format="YYYY-MM-DD", on_change=to_newest
)
name = f"操作日志{f'-{action}' if action else ''}{f'-{day}' if day else ''}.csv"
taking.download_button(
    "下载 CSV", visitor.taken(lambda: as_csv(matching(folder, action, day)), name, action=Action.AUDIT), name, "text/csv",
    icon=":material/download:", width="stretch", on_click="ignore", key="audit-csv",
)  # fmt: skip

if number or len(found) > MOST:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "较新的", icon=":material/arrow_upward:", on_click=turn, args=(-1,), disabled=not number
        )
        st.button(
            "较早的", icon=":material/arrow_downward:", on_click=turn, args=(1,),
            disabled=len(found) <= MOST,
        )  # fmt: skip
        st.caption(f"第{number + 1}页，每页{MOST}条")
