"""数据上报: drop files, see how they were read, compare with what is live, publish."""

from functools import partial

import streamlit as st

from lib import actions, markup, visitor, widgets
from lib.access.roles import Action, DeniedError
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.insight.table import table
from lib.intake.choices import AS_OF, PERIOD
from lib.intake.files.filetype import ENDINGS
from lib.intake.files.limits import UPLOAD
from lib.panels import files as uploads
from lib.panels import proposals
from lib.settings import lake_dir, review_required
from lib.store.lake import Lake, PublishError, StaleProposalError
from lib.store.modes import MODES
from lib.submission import drafts_of, suggested_mode, untouched

person = visitor.person()
lake = Lake(lake_dir())
live = lake.live()
periods = uploads.candidate_periods(live.periods if live else ())
widgets.title(
    "数据上报",
    "把手头的 CSV 或 Excel 文件拖进来：读取、检查、与线上比较，确认后发布。不改动任何一个数。",
    alone=True,
)
if said := st.session_state.pop("said", None):
    st.success(markup.plain(said))
if fallen := lake.fallback():
    st.error(markup.plain(f"{fallen.refusal}。"), icon=":material/block:")
    widgets.done()

if not visitor.require(Action.REVIEW if person.may(Action.REVIEW) else Action.REPORT):
    widgets.done()
who, post, when, day = st.columns(4)
senders = [place for place in uploads.SENDERS if person.reports_for(place)]
sender = who.selectbox("报送单位", senders, format_func=place_name, key="sender") if senders else ""
by = post.text_input(
    "操作岗位", key="by", placeholder="如 数据科值班岗（不写姓名）", max_chars=40
).strip()
period = when.selectbox(
    "期次", [None, *periods], format_func=lambda p: period_label(p) if p else "以文件为准",
    key="upload_period", filter_mode=None,
)  # fmt: skip
as_of = day.date_input(
    "数据截止日期（表里没写时用）", None, key="upload_as_of", format="YYYY-MM-DD"
)
files = senders and st.file_uploader(
    "选择或拖入文件（CSV、TSV、TXT、XLSX，可以多个，每个不超过30 MB）", ENDINGS,
    accept_multiple_files=True, max_upload_size=UPLOAD.file_bytes // 1024**2, key=f"files-{st.session_state.setdefault('round', 0)}",
)  # fmt: skip

common = {PERIOD: period} if period else {}
common |= {AS_OF: as_of.isoformat()} if as_of else {}
dropped = uploads.read(files, sender, common, by)
for one in dropped:
    uploads.file_card(one, sender, periods)
received = [one.received for one in dropped]

if received and any(one.reading.blocked for one in received):
    st.error("有阻断问题或未回答的提问，改正或回答后才能比较和发布。", icon=":material/block:")
elif received:
    suggested = suggested_mode(drafts_of(received))
    mode = st.radio(
        "发布方式", MODES, index=MODES.index(suggested), format_func=lambda m: m.label, horizontal=True,
        captions=[m.help for m in MODES],
    )  # fmt: skip
    note = st.text_input("说明（为什么报送或更正）", key="note", max_chars=300)
    if st.button(
        "与线上数据比较", type="primary", disabled=not by, icon=":material/compare_arrows:"
    ):
        try:
            made = actions.propose(person, received, mode=mode.id, by=by, sender=sender, note=note)
            st.session_state.chosen_proposal = made.id
        except (DeniedError, PublishError) as error:
            st.error(markup.sentence(error), icon=":material/block:")
    if not by:
        st.caption("请先填写操作岗位。")

# proposals that wait

every = {p.id: p for p in actions.visible(person, lake)}
waiting = {key: p for key, p in every.items() if p.state in ("待发布", "待复核")}
looked_at = every.get(st.session_state.get("chosen_proposal") or "")
if looked_at and looked_at.id not in waiting:
    st.info(
        f"您看的报送 {looked_at.id} 现在是“{looked_at.state}”。{markup.plain(looked_at.reason)}"
    )
if person.may(Action.REVIEW):
    for sentence in lake.damaged_proposals():
        st.warning(markup.plain(f"{sentence}。"), icon=":material/broken_image:")
returned = [p for p in every.values() if p.state == "已退回"][:5]
if returned:
    st.html(markup.heading("最近退回的报送", "改正后请重新上传"))
    rows = ((proposals.title(p), p.reason) for p in returned)
    widgets.table(table(("报送", "退回原因"), rows))
if not waiting:
    widgets.done()
st.html(markup.heading("待发布与待复核", "每一份都先与线上比较，再决定"))
chosen = waiting.get(
    st.selectbox(
        "报送", list(waiting), index=None, key="chosen_proposal", filter_mode=None,
        format_func=lambda key: proposals.title(waiting[key]), placeholder="请选择一份报送",
    )
)  # fmt: skip
if chosen is None:
    widgets.done()
if untouched(chosen):
    st.info(f"内容与线上 {chosen.base} 相同，不需要发布。", icon=":material/check:")
proposals.proposal_view(chosen)


def finish(sentence: str, release: str | None = None) -> None:
    """Say what was done, look at the new release, and make room for the next files."""
    st.session_state.said = sentence
    st.session_state.pop("chosen_proposal", None)
    if release:
        st.query_params["release"] = release
        st.session_state.round += 1
    st.rerun()


# Every button is of one proposal: a click never reaches another that took its place.
buttons = st.container(horizontal=True)
press = partial(proposals.pressed, buttons, chosen, by)
try:
    if not review_required() and press("发布", main=True, idle=untouched(chosen)):
        made = actions.publish(person, chosen.id, by).id
        finish(f"已发布为版本 {made}，现在看到的就是它。", made)
    mine = person.reports_for(chosen.sender)
    if review_required() and mine and chosen.state == "待发布" and press("提交复核", main=True):
        actions.submit(person, chosen.id, by)
        finish(f"{chosen.id} 已提交，等待另一岗位复核。")
    if chosen.state == "待复核" and person.may(Action.REVIEW):
        reason = buttons.text_input(
            "退回原因",
            key=f"reason-{chosen.id}",
            label_visibility="collapsed",
            placeholder="退回原因",
            max_chars=300,
        )
        if press("复核通过并发布", main=True):
            made = actions.publish(person, chosen.id, by).id
            finish(f"已发布为版本 {made}，现在看到的就是它。", made)
        if press("退回"):
            actions.send_back(person, chosen.id, by, reason)
            finish(f"{chosen.id} 已退回。")
    if mine and press("放弃这份报送"):
        actions.discard(person, chosen.id, by)
        finish(f"{chosen.id} 已放弃，线上没有变化。")
except StaleProposalError as error:
    st.warning(markup.sentence(error), icon=":material/sync_problem:")
    st.button("与最新版本重新比较", on_click=proposals.reopen, args=(chosen.id, by))
except (DeniedError, PublishError) as error:
    st.error(markup.sentence(error), icon=":material/block:")
if not by:
    widgets.empty("请在上方填写操作岗位后再发布。")
