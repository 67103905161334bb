"""快照版本: every release, what it was made of, what separates any two, and the way back."""

import streamlit as st

from lib import actions, markup, visitor, widgets
from lib.access.roles import Action, DeniedError
from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.places import place_name
from lib.clock import CHINA
from lib.insight.table import table, table_of
from lib.panels import files as uploads
from lib.panels import proposals
from lib.settings import lake_dir
from lib.store.integrity import summary
from lib.store.lake import Lake, PublishError
from lib.store.modes import MODE_BY_ID
from lib.store.release import KIND_NAMES
from lib.submission import differences, proofs

selection = widgets.current_selection()
lake = Lake(lake_dir())
releases = lake.releases()
by_id = {release.id: release for release in releases}
damaged = {r.id: summary(found) for r in releases if (found := lake.damage(r))}
st.html(
    markup.title(
        "快照版本",
        "每次发布都留一个版本，旧版本不删除；任一版本都可在左侧“数据版本”打开，只读查看所有页面。",
    )
)
if done := st.session_state.pop("rolled_back", None):
    st.success(f"已回退，内容作为新版本 {done} 生效。")
widgets.table(
    table_of(
        [
            {
                "版本": r.id,
                "时间（北京）": f"{r.created_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
                "方式": KIND_NAMES[r.kind],
                "操作岗位": r.by + (f"，复核 {r.reviewed_by}" if r.reviewed_by else ""),
                "说明": f"文件损坏：{damaged[r.id]}" if r.id in damaged else r.note or "—",
                "期次": "、".join(r.periods),
                "行数": str(sum(r.rows.values())),
                "问题": "、".join(f"{severity}{count}" for severity, count in r.issues.items())
                or "—",
                "上一版本": r.parent or "—",
            }
            for r in releases
        ]
    )
)

st.html(markup.heading("一个版本的来源", "原件按 SHA-256 留存，可重新读出核对"))
ids = list(by_id)
start = ids.index(selection.release_id) if selection.release_id in by_id else 0
shown = by_id[
    st.selectbox(
        "版本",
        ids,
        index=start,
        format_func=lambda i: by_id[i].label,
        key="shown_release",
        filter_mode=None,
    )
]
if shown.sources:
    rows = (
        (
            DATASET_BY_ID[s["dataset"]].name, s["file"] + (f"（{s['sheet']}）" if s.get("sheet") else ""),
            str(s["rows"]), place_name(s["sender"]) if s.get("sender") else "—",
            MODE_BY_ID[s["mode"]].label if s.get("mode") else "—", s["sha256"],
        )
        for s in shown.sources
    )  # fmt: skip
    widgets.table(table(("数据集", "文件", "行数", "报送单位", "方式", "SHA-256"), rows))
else:
    st.caption(
        f"版本 {shown.id} 没有自己的文件：它让 {shown.restored or shown.parent} 的内容重新生效。"
    )
if made_of := lake.proposal(shown.proposal) if shown.proposal else None:
    uploads.issues_table(made_of.issue_rows)
if st.button("用留存的原件核对这个版本", icon=":material/verified:"):
    outcomes = proofs(shown.id)
    rows = ((DATASET_BY_ID[p.dataset].name, p.period, p.outcome, p.digest) for p in outcomes)
    widgets.table(table(("数据集", "期次", "结果", "内容 SHA-256"), rows))

st.html(markup.heading("比较两个版本", "逐格列出新增、变更和去掉的内容"))
left, right = st.columns(2)
whole = [i for i in ids if i not in damaged]
older = left.selectbox(
    "从",
    whole,
    index=min(1, len(whole) - 1),
    format_func=lambda i: by_id[i].label,
    key="older",
    filter_mode=None,
)
newer = right.selectbox(
    "到", whole, format_func=lambda i: by_id[i].label, key="newer", filter_mode=None
)
parts = differences(older, newer)
for part in parts:
    proposals.difference(part)
if not parts:
    st.caption(f"{older} 与 {newer} 的内容相同。")

st.html(markup.heading("回退", "让旧版本的内容重新生效；会成为一个新版本，现在的版本也保留"))
others = [i for i in whole if i != ids[0]]
if not others:
    if len(ids) == 1:
        st.caption("只有一个版本，没有可回退的。")
    else:
        st.caption("没有别的完好版本可以回退到。")
    widgets.done()
if not visitor.offers(Action.ROLL_BACK):
    widgets.done()
with st.form("rollback", border=False):
    target = st.selectbox("回退到", others, format_func=lambda i: by_id[i].label, filter_mode=None)
    by = st.text_input("操作岗位", placeholder="如 数据科值班岗（不写姓名）", max_chars=40).strip()
    reason = st.text_input("原因", placeholder="为什么回退", max_chars=300).strip()
    asked = st.form_submit_button("回退", icon=":material/undo:")
if asked and not (by and reason):
    st.error("请填写操作岗位和原因。", icon=":material/block:")
elif asked:
    try:
        st.session_state.rolled_back = actions.rollback(
            visitor.person(), target, by=by, note=reason
        ).id
    except (DeniedError, PublishError) as error:
        st.error(markup.sentence(error), icon=":material/block:")
        widgets.done()
    st.rerun()
