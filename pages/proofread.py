"""通报校对: a draft is held against a release and against itself; it goes back with changes tracked."""

import streamlit as st

from lib import markup, widgets
from lib.intake.issues import Issue
from lib.panels import proofread as desk
from lib.proofread.telling import tally

selection = widgets.current_selection()
widgets.title(
    "通报校对",
    "找出草稿里与版本、与自身对不上的地方，改法做成修订带回去逐处取舍。草稿不保存：只在内存里校对，不写入磁盘，不记入日志，关闭页面后清除。",
)
widgets.without_effect(
    "地区、部门筛选在本页不起作用，整篇草稿都校对。",
    selection.chosen_districts,
    selection.chosen_departments,
)
how, held = desk.settings(selection)
file = desk.incoming(how)
if file is None:
    widgets.empty(
        "还没有草稿。请粘贴正文，或上传 .docx、.txt、.md 文件；非涉密，严禁上传涉密信息。"
    )
    widgets.done()
if isinstance(file, Issue):
    st.error(
        f"{markup.plain(file.place)}：{markup.plain(file.message)}。{markup.plain(file.fix)}。",
        icon=":material/block:",
    )
    widgets.done()

findings = desk.found(file.draft, held)
count = sum(len(paragraph.text) for paragraph in file.draft.paragraphs)
about = f"{file.draft.name}，{len(file.draft.paragraphs)}段{count}字"
head = st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute")
head.html(markup.heading(tally([one.finding for one in findings]), about))
if file.remarks:
    st.caption(markup.plain("".join(file.remarks)))
if not findings:
    st.success(
        "各项检查都没有发现问题。检查以外的（事实、表述、政策依据）仍需人工把关。",
        icon=":material/check:",
    )
    widgets.done()

mended = desk.mends(findings)
with head:
    desk.downloads(file, findings, mended, held)
shown = desk.chosen(findings)
if not shown:
    widgets.empty("没有这一类的问题。请换一个类别或把握。")
    widgets.done()
st.html(markup.proofread(file.draft, shown))
