"""数字溯源: any figure of the release, and what stands behind it."""

import streamlit as st

from lib import markup, visitor, widgets
from lib.insight.table import Table, table
from lib.insight.wording import in_full
from lib.queries.release import sql_text
from lib.queries.sources import kept_original
from lib.views.trace import VIEW_SQL, Trace, find_facts, search, total, trace

MOST = 60
selection = widgets.current_selection()
facts, unknown = find_facts(selection, st.query_params.get_all("of"))


def looked_up() -> None:
    """Every figure of the period, to look one up."""
    widgets.title(
        "数字溯源", "每个数都能查到口径、查询、版本和报送的那一行。点任何页面上的数字也会到这里。"
    )
    # The list is sent before the box that decides on it, so that it can be read first.
    box = st.container(key="trace-box")
    wanted = st.session_state.get("trace_search", "")
    found = search(selection, wanted)
    if found.rows:
        widgets.table(Table(found.columns, found.rows[:MOST]))
        rest = len(found.rows) - MOST
        more = f"先列{MOST}个，请再输入几个字。" if rest > 0 else "已全部列出。"
        st.html(markup.note(f"共{len(found.rows)}个数，{more}"))
    else:
        widgets.empty(f"没有找到“{wanted}”。请换一个词，或放宽左侧的地区、部门。")
    box.text_input(
        "查一个数",
        placeholder="输入指标、地区、部门或出处，可用空格分开，如 预警 教育局",
        key="trace_search",
    )


def several() -> None:
    """A figure made from more than one stated figure: how, and each of them."""
    widgets.title("数字溯源", f"与这个数有关的报送数共{len(facts)}个；点其中一个看它的来源。")
    if sum_text := total(facts):
        st.html(markup.heading("算式") + markup.note(sum_text))
    widgets.facts_table(facts)


def one(found: Trace) -> None:
    """Everything behind one stated figure."""
    widgets.title(found.title, f"版本 {found.release.label}（{found.release.by}）")
    st.html(markup.figure(in_full(found.fact)))
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(markup.heading("这个数") + markup.pairs(found.about))
        st.html(markup.heading("口径") + markup.pairs(found.definition))
        if found.members:
            st.html(markup.heading("名单成员") + markup.note(found.members))
    with right:
        source(found)
    checks(found)
    query(found)


def source(found: Trace) -> None:
    """The uploaded row, and the release that brought it."""
    fact, first = found.fact, found.first
    brought = (
        f"{first.label}（{first.by}：{first.note or '—'}）" if first else "没有登记来源文件的版本"
    )
    rows = [
        ("文件", fact.source_file),
        *([("工作表", fact.source_sheet)] if fact.source_sheet else []),
        ("行", f"第{fact.source_row}行"),
        ("文件 SHA-256", fact.source_sha256 or "—"),
        ("带来它的版本", brought),
        ("正在查看的版本", found.release.label),
    ]
    st.html(markup.heading("来源") + markup.pairs(rows))
    st.html(
        markup.heading("报送的那一行", "按填报模板的列")
        + markup.pairs((k, v) for k, v in found.row if v)
    )
    if (content := kept_original(fact)) is not None:
        st.download_button(
            "下载留存的原件",
            visitor.taken(lambda: content, f"原件 {fact.source_file}", found.release.id),
            fact.source_file,
            on_click="ignore",
            icon=":material/download:",
        )


def checks(found: Trace) -> None:
    """The reconciliation rules the figure takes part in."""
    if found.findings:
        rows = ((f.name, f.status, f.stated, f.computed, f.arithmetic) for f in found.findings)
        st.html(
            markup.heading("参与的核对")
            + markup.table(table(("规则", "结论", "所称", "计算", "算式"), rows))
        )


def query(found: Trace) -> None:
    """The query as asked, and that asking again gives the same."""
    again = "刚才重新查询，结果相同。" if found.same_again else "重新查询的结果不同，请通知管理员。"
    st.html(markup.heading("查询", again))
    st.code(found.sql, language="sql")
    st.code(
        "\n".join(f"${k} = {v!r}" if v else f"${k} = NULL" for k, v in found.parameters.items())
    )
    with st.expander("facts 视图怎么来的"):
        st.code(sql_text(VIEW_SQL), language="sql")


if unknown:
    names = "、".join(f"“{text}”" for text in unknown)
    st.warning(
        f"链接里的{markup.plain(names)}在版本 {selection.release_id} 里没有对应的数（缺失，不等于零）。",
        icon=":material/link_off:",
    )
if not facts:
    looked_up()
elif len(facts) == 1:
    one(trace(selection, facts[0]))
else:
    several()
