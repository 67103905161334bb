"""数据上报: drop files, see how they were read, compare with what is live, publish."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.desk import files as uploads
from lib.desk import proposals
from lib.intake.choices import AS_OF, PERIOD
from lib.settings import lake_dir, review_required
from lib.store.lake import Lake, PublishError, StaleProposalError
from lib.store.modes import MODE_BY_ID, MODES
from lib.submission import drafts_of, propose, suggested_mode, untouched

lake = Lake(lake_dir())
live = lake.live()
periods = uploads.candidate_periods(live.periods if live else ())
st.html(
    markup.title(
        "数据上报",
        "把手头的 CSV 或 Excel 文件拖进来：读取、检查、与线上比较，确认后发布。不改动任何一个数。",
    )
)
if done := st.session_state.pop("published", None):
    st.success(f"已发布为版本 {done}。")
    st.link_button("查看新版本的总览", f"./?release={done}", icon=":material/dashboard:")

who, post, when, day = st.columns(4)
sender = who.selectbox("报送单位", uploads.SENDERS, format_func=place_name, key="sender")
by = post.text_input("操作岗位", key="by", placeholder="如 数据科值班岗（不写姓名）").strip()
period = when.selectbox(
    "期次", [None, *periods], format_func=lambda p: period_label(p) if p else "以文件为准",
    key="upload_period", filter_mode=None,
)  # fmt: skip
as_of = day.date_input(
    "数据截止日期（表里没写时用）", None, key="upload_as_of", format="YYYY-MM-DD"
)
files = st.file_uploader(
    "选择或拖入文件（CSV、TSV、TXT、XLSX，可以多个，每个不超过30 MB）", ["csv", "tsv", "txt", "xlsx"],
    accept_multiple_files=True, key="files",
)  # fmt: skip

common = {PERIOD: period} if period else {}
common |= {AS_OF: as_of.isoformat()} if as_of else {}
received = uploads.read(files, sender, common)
for one in received:
    uploads.file_card(one, sender, periods)

if received and any(one.reading.blocked for one in received):
    st.error("有阻断问题或未回答的提问，改正或回答后才能比较和发布。", icon=":material/block:")
elif received:
    suggested = suggested_mode(drafts_of(received))
    mode = st.radio(
        "发布方式", MODES, index=MODES.index(suggested), format_func=lambda m: m.label, horizontal=True,
        captions=[m.help for m in MODES],
    )  # fmt: skip
    note = st.text_input("说明（为什么报送或更正）", key="note")
    if st.button(
        "与线上数据比较", type="primary", disabled=not by, icon=":material/compare_arrows:"
    ):
        try:
            made = propose(received, mode=mode.id, by=by, sender=sender, note=note)
            st.session_state.proposal = made.id
        except PublishError as error:
            st.error(str(error), icon=":material/block:")
    if not by:
        st.caption("请先填写操作岗位。")

# proposals that wait

waiting = [p for p in lake.proposals() if p.state in ("待发布", "待复核")]
if not waiting:
    widgets.done()
st.html(markup.heading("待发布与待复核", "每一份都先与线上比较，再决定"))
chosen = st.selectbox(
    "报送", waiting, key="chosen_proposal", filter_mode=None,
    index=next((n for n, p in enumerate(waiting) if p.id == st.session_state.get("proposal")), 0),
    format_func=lambda p: f"{p.label} · {place_name(p.sender) if p.sender else ''} · {p.by} · {MODE_BY_ID[p.mode].label} · {p.state}",
)  # fmt: skip
if untouched(chosen):
    st.info(f"内容与线上 {chosen.base} 相同，不需要发布。", icon=":material/check:")
proposals.proposal_view(chosen)
actions = st.container(horizontal=True)
try:
    if not review_required() and actions.button(
        "发布", type="primary", disabled=not by or untouched(chosen)
    ):
        st.session_state.published = lake.publish_proposal(chosen.id, by=by).id
        st.rerun()
    if (
        review_required()
        and chosen.state == "待发布"
        and actions.button("提交复核", type="primary", disabled=not by)
    ):
        lake.submit(chosen.id, by)
        st.rerun()
    if chosen.state == "待复核":
        reason = actions.text_input(
            "退回原因", key="reason", label_visibility="collapsed", placeholder="退回原因"
        )
        if actions.button("复核通过并发布", type="primary", disabled=not by):
            st.session_state.published = lake.publish_proposal(chosen.id, by=by, review=True).id
            st.rerun()
        if actions.button("退回", disabled=not by):
            lake.send_back(chosen.id, by, reason)
            st.rerun()
    if actions.button("放弃这份报送"):
        lake.discard(chosen.id)
        st.rerun()
except StaleProposalError as error:
    st.warning(str(error), icon=":material/sync_problem:")
    if st.button(
        "与最新版本重新比较",
        on_click=lambda: st.session_state.update(proposal=lake.reopen(chosen.id).id),
    ):
        st.rerun()
except PublishError as error:
    st.error(str(error), icon=":material/block:")
if not by:
    widgets.empty("请在上方填写操作岗位后再发布。")
