"""Parts of 通报文稿: the text and what it holds, its sources, its wording and how that is changed."""

from __future__ import annotations

import streamlit as st

from lib import markup, visitor, widgets
from lib.access.roles import Action
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.bulletin.annex import sources
from lib.bulletin.askable import QUESTIONS
from lib.bulletin.compose import preview
from lib.bulletin.notation import HELP
from lib.bulletin.parts import Bulletin
from lib.bulletin.problems import WordingError
from lib.bulletin.rules import RULES
from lib.bulletin.wording import TEMPLATES, keep, own_wording, wording
from lib.insight.cells import Figure
from lib.insight.table import table
from lib.store.templates import WordingNotKeptError

_TEXT, _SAID = "wording-text", "wording_said"


def summary(made: Bulletin) -> str:
    """One line: how long it is, how many figures it tells, and what is missing."""
    figures = sum(isinstance(span, Figure) for block in made.blocks for span in block.spans)
    letters = sum(len(block.text) for block in made.blocks)
    gaps = f"，{made.gaps}处没有数（标〔缺〕）" if made.gaps else "，没有缺数"
    return f"{len(made.blocks)}段{letters}字，{figures}处数字都来自版本 {made.selection.release_id}{gaps}"


def text(made: Bulletin) -> None:
    """The whole text, and the tables that follow it."""
    st.html(markup.bulletin(made))
    for appendix in made.appendices:
        st.html(
            markup.heading(appendix.title)
            + markup.table(appendix.table)
            + markup.note(appendix.note)
        )


def annex(made: Bulletin) -> None:
    """Where each number came from, and the rules its sentences were made by."""
    found = sources(made)
    st.html(markup.heading(found.title, found.note) + markup.table(found.table))
    used = {id for block in made.blocks for id in block.rules}
    rows = ((r.name, r.text, "用到" if r.id in used else "本文没有用到") for r in RULES.values())
    st.html(markup.heading("生成规则", "比较、先后、落后名单都按登记的规则写成"))
    widgets.table(table(("规则", "怎样写成", "本文"), rows))


def templates(made: Bulletin) -> None:
    """One template: its text, what it makes, and keeping or resetting it."""
    if said := st.session_state.pop(_SAID, None):
        st.success(markup.plain(said), icon=":material/check_circle:")
    name = st.selectbox(
        "模板", list(TEMPLATES), format_func=_titled, key="wording-name", on_change=_forget_text
    )
    held = wording(name)
    may_set = visitor.offers(Action.SET)
    left, right = st.columns(2, gap="medium")
    with left:
        tried = st.text_area(
            "措辞", held.text, height=430, key=f"{_TEXT}-{name}",
            help="一行一段；数字一律用双花括号提问，见下面的写法说明。",
        )  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            st.button("试排", icon=":material/preview:", help="在右边看改后的样子，不保存")
            st.button(
                "保存", type="primary", icon=":material/save:", on_click=_keep, args=(name, tried),
                disabled=tried == held.text or not may_set,
            )  # fmt: skip
            st.button(
                "恢复原来的写法", icon=":material/restart_alt:", on_click=_reset, args=(name,),
                disabled=not held.changed or not may_set,
            )  # fmt: skip
    with right:
        _preview(made, name, tried)
    _help()


def _titled(name: str) -> str:
    return TEMPLATES[name] + ("（已改）" if wording(name).changed else "")


def _preview(made: Bulletin, name: str, tried: str) -> None:
    try:
        blocks = preview(made.selection, name, tried)
    except WordingError as error:
        for problem in error.problems:
            st.error(markup.sentence(problem), icon=":material/block:")
        return
    st.html(markup.note("按左边的文字排出来的这一部分："))
    st.html(markup.passage(blocks))


def _help() -> None:
    box = st.expander("模板的写法", icon=":material/help:", key="wording-help", on_change="rerun")
    if box.open:
        with box:
            st.code(HELP, language=None, wrap_lines=True)
            rows = ((q.name, q.help, f"{{{{ {q.example} }}}}") for q in QUESTIONS)
            widgets.table(table(("提问", "得到什么", "例子"), rows))


@visitor.only(Action.SET)
def _keep(name: str, tried: str) -> None:
    try:
        keep(name, tried)
    except (WordingError, WordingNotKeptError) as error:
        st.session_state.wording_refused = str(error)
        return
    _note(name, "保存")
    st.session_state[_SAID] = f"“{TEMPLATES[name]}”的措辞已保存，以后的通报都用它。"


@visitor.only(Action.SET)
def _reset(name: str) -> None:
    try:
        own_wording().reset(name)
    except WordingNotKeptError as error:
        st.session_state.wording_refused = str(error)
        return
    _note(name, "恢复原来的写法")
    st.session_state.pop(f"{_TEXT}-{name}", None)
    st.session_state[_SAID] = f"“{TEMPLATES[name]}”已恢复原来的写法。"


def _note(name: str, done: str) -> None:
    record(Noted.SETTINGS, who=visitor.person(), what=f"通报措辞模板“{TEMPLATES[name]}”：{done}")


def _forget_text() -> None:
    """Another template was chosen: what was typed and not kept is let go."""
    for key in [key for key in st.session_state if str(key).startswith(f"{_TEXT}-")]:
        del st.session_state[key]
