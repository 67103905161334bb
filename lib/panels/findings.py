"""Findings: the list, one of them in full, and what people said about it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import markup, visitor, widgets
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.clock import CHINA
from lib.downloads import csv_file
from lib.insight.cells import figure, lit
from lib.insight.findings import LIGHTS, Finding
from lib.insight.table import table
from lib.insight.wording import MISSING
from lib.store.comments import BY_LIMIT, TEXT_LIMIT, Comment, CommentError, Comments

_SHORT = 20


def listing(findings: Sequence[Finding], comments: dict[str, list[Comment]]) -> None:
    """The findings as a table, a light each; how many comments where there are any."""
    columns = ("事项", "类别", "结论", "所称", "计算", "由谁核对")
    counts = {rule: f"（意见{len(said)}）" for rule, said in comments.items()}
    rows = (
        (
            f.name + counts.get(f.rule, ""), f.kind, lit(LIGHTS[f.status]), figure(f.stated, f.facts[:1]),
            figure(f.computed, f.facts), f.resolver,
        )
        for f in findings
    )  # fmt: skip
    widgets.table(table(columns, rows))


def as_csv(findings: Sequence[Finding], comments: dict[str, list[Comment]]) -> bytes:
    """The findings as a file, with arithmetic, rows and comments."""
    columns = (
        "事项", "类别", "结论", "所称", "计算", "算式", "由谁核对", "依据", "意见", "编号",
    )  # fmt: skip
    rows = (
        (
            f.name, f.kind, f.status, f.stated, f.computed, f.arithmetic, f.resolver,
            "；".join(_sources(f)), "；".join(f"{c.by}：{c.text}" for c in comments.get(f.rule, ())), f.rule,
        )
        for f in findings
    )  # fmt: skip
    return csv_file(columns, rows)


def _sources(finding: Finding) -> list[str]:
    """File and row of everything that was compared, each once, in order."""
    figures = [f"{fact.source_file} 第{fact.source_row}行" for fact in finding.facts]
    named = [f"{row.source_file} 第{row.source_row}行" for row in finding.members]
    return list(dict.fromkeys(figures + named))


def detail(finding: Finding) -> None:
    """The arithmetic and the rows behind it."""
    light = widgets.badge(LIGHTS[finding.status])
    st.markdown(f"{light} {markup.plain(finding.arithmetic)}")
    st.caption(
        f"所称 {markup.plain(finding.stated)}，计算 {markup.plain(finding.computed)}；由{finding.resolver}核对"
    )
    count = len(finding.facts) + len(finding.members)
    with st.expander(f"依据的数据行（{count}）", expanded=count <= _SHORT):
        if finding.facts:
            widgets.facts_table(finding.facts)
        if finding.members:
            _members(finding)


def _members(finding: Finding) -> None:
    rows = (
        (
            ROSTER_BY_ID[row.roster].name, place_name(row.district), str(row.position), row.member_text,
            row.section or MISSING, f"{row.source_file} 第{row.source_row}行",
        )
        for row in finding.members
    )  # fmt: skip
    widgets.table(table(("名单", "范围", "序号", "成员", "出处", "来源"), rows))


def told(comments: Sequence[Comment], release: str) -> None:
    """What was said, oldest first; comments of an earlier release are marked with it."""
    if not comments:
        st.caption("还没有意见。")
        return
    rows = (
        (
            f"{c.at.astimezone(CHINA):%Y-%m-%d %H:%M}", c.by, c.text,
            "本版本" if c.release == release else f"沿用自版本 {c.release}",
        )
        for c in comments
    )  # fmt: skip
    widgets.table(table(("时间（北京）", "岗位", "意见", "版本"), rows))


def form(store: Comments, release: str, period: str, finding: Finding) -> None:
    """Add a comment to one finding; what was typed stays when it is refused."""
    turn = st.session_state.setdefault("comments_made", 0)
    with st.form("comment", border=False):
        by = st.text_input(
            "岗位", placeholder="如 数据科值班岗（不写姓名）", key="comment-by", max_chars=BY_LIMIT
        )
        text = st.text_area(
            "意见", placeholder="哪个数为准、差在哪里、由谁处理", key=f"comment-{finding.rule}-{turn}",
            max_chars=TEXT_LIMIT, height=90,
        )  # fmt: skip
        asked = st.form_submit_button("提交意见", icon=":material/add_comment:")
    if not asked:
        return
    try:
        store.add(
            release=release, period=period, rule=finding.rule, by=by, text=text, about=finding.about
        )
    except CommentError as error:
        st.error(markup.sentence(error), icon=":material/block:")
        return
    what = f"数据核验“{finding.name}”，{period}"
    record(Noted.COMMENT, who=visitor.person(), post=by, what=what, release=release)
    st.session_state.comments_made = turn + 1
    st.rerun()


def heading(text: str, remark: str = "") -> None:
    """A section's heading."""
    st.html(markup.heading(text, remark))
