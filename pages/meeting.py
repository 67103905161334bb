"""会议演示: choose slides, say what to say, keep it as a rehearsal, show it, take it away."""

import streamlit as st

from lib import markup, visitor, widgets
from lib.access.roles import Action
from lib.catalog.periods import period_label
from lib.meeting.rehearsal import kept_rehearsals
from lib.panels import meeting as desk
from lib.queries.release import opened_release
from lib.settings import lake_dir
from lib.store.lake import Lake

current = widgets.current_selection()
newest = Lake(lake_dir()).live()
assert newest is not None  # the shell shows no page before the first release
widgets.title(
    "会议演示",
    "选页、排序、写讲稿，存成排练再放映。放映页自带全部内容，网络或服务器断了照样翻页，数字固定不变。",
    alone=True,
)
if said := st.session_state.pop("meeting_said", None):
    st.success(markup.plain(said), icon=":material/check_circle:")
if refused := st.session_state.pop("meeting_refused", None):
    st.error(markup.plain(refused), icon=":material/block:")

held = desk.sheet(current)
at = held.selection
release = opened_release(at.release_id)
pinned = f"固定在版本 {release.label}｜{period_label(at.period)}｜{at.scope}"
st.html(markup.heading("编辑排练" if held.opened else "新排练", pinned))
if release.kind == "proposal":
    widgets.empty("正在预览还没有发布的报送，数字可能变化，不能排练。请在左侧换一个已发布的版本。")
    widgets.done()
above = st.container(horizontal=True, gap="small")
if held.opened:
    desk.old(held.opened, newest)
desk.edit(held)

# Buttons that use what was written come after it: a click may arrive together with the last edit.
if held.opened:
    above.button("新建排练", icon=":material/add:", on_click=desk.begin_new, args=(current,))
    where = f"{current.release_id}，{period_label(current.period)}，{current.scope}"
    if current != at and above.button(f"改为左侧所选（{where}）", icon=":material/sync:"):
        desk.repin(held, current)
        st.rerun()
may_save = visitor.offers(Action.REHEARSE)
with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    if may_save and st.button("保存排练", type="primary", icon=":material/save:"):
        desk.save(held)
        st.rerun()
    if may_save and held.opened and st.button("另存为新排练", icon=":material/file_copy:"):
        desk.save(held, as_new=True)
        st.rerun()
    if held.opened:
        desk.show_and_take(held.opened, newest, main=True)
        st.checkbox("导出带讲稿", True, key="meeting-notes")
if held.opened and held.rehearsal() != held.opened:
    st.caption("有改动还没有保存；放映和导出的是上次保存的内容。")
elif not held.opened:
    st.caption("保存后就可以放映，或导出成一个能离线打开的网页。")

listing = kept_rehearsals().all()
st.html(markup.heading("已保存的排练", "数字固定在各自的版本上"))
for sentence in listing.damaged:
    st.warning(f"{markup.plain(sentence)}。", icon=":material/broken_image:")
if not listing.rehearsals:
    widgets.empty("还没有保存过排练。上面的默认次序可以直接保存。")
desk.kept_list(listing.rehearsals, newest)
