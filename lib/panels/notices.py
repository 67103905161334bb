"""Notices: those that hold, are open or left open, cannot be judged, are over; and the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from lib import markup, visitor, widgets
from lib.access.roles import Action
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.catalog.demo import DEMO_MARK
from lib.catalog.metrics import in_words_of
from lib.catalog.notices import NOTICES
from lib.catalog.periods import period_label
from lib.insight.cells import figure, led, lit
from lib.insight.judgements import LIGHTS, Judgement
from lib.insight.table import table
from lib.insight.wording import MISSING, listed
from lib.notices.folder import BusyError, notice_folder
from lib.notices.record import Record
from lib.notices.round import acknowledge, utc_now
from lib.notices.shown import delivered, known, when

_MOST = 50  # ended ones


def kept_records() -> list[Record]:
    """Every record; none, and why, where the disk does not give them."""
    try:
        return notice_folder().all(anew=False)
    except OSError:
        st.error(
            "记入时间、投递和知悉读不出来：磁盘读写出错，请稍后再试。", icon=":material/block:"
        )
        return []


def listing(found: Sequence[Judgement], kept: Mapping[str, Record]) -> None:
    """Judgements that hold: what, the figure, since when, where delivered, who knows."""
    columns = ("级别", "情况", "数", "提醒", "记入时间（北京）", "投递", "知悉")
    rows = []
    for one in found:
        held = kept.get(one.key)
        lived = (when(held.since), delivered(held), known(held)) if held else (MISSING,) * 3
        light, shown = lit(LIGHTS[one.declared.severity]), figure(one.figure, one.facts)
        rows.append((light, _marked(one), shown, led(one.title, one.way), *lived))
    widgets.table(table(columns, rows))


def undecided(found: Sequence[Judgement]) -> None:
    """Judgements that the wording of a figure leaves open."""
    rows = ((one.title, _marked(one), figure(one.figure, one.facts)) for one in found)
    widgets.table(table(("提醒", "情况", "数"), rows))


def unjudged(records: Sequence[Record]) -> None:
    """Open records that no judgement in view is about: of an older period, or not to be judged any more."""
    rows = (
        (
            one.title, period_label(one.period), _marked(one), "那一期仍成立" if one.stands else "未能再判断",
            when(one.since), delivered(one), known(one),
        )
        for one in records
    )  # fmt: skip
    columns = ("提醒", "期次", "当时", "现状", "记入时间（北京）", "投递", "知悉")
    widgets.table(table(columns, rows))


def ended(records: Sequence[Record]) -> None:
    """Records that are over, the newest first."""
    newest = sorted(records, key=lambda one: (one.ended_at or one.since, one.key), reverse=True)
    rows = (
        (
            one.title, period_label(one.period), _marked(one), one.last or MISSING,
            when(one.since), when(one.ended_at), one.release,
        )
        for one in newest[:_MOST]
    )  # fmt: skip
    columns = ("提醒", "期次", "当时", "恢复时", "记入时间（北京）", "恢复时间（北京）", "版本")
    widgets.table(table(columns, rows))


def rules(period: str) -> None:
    """Every rule with its bound, whom it looks at, and where the bound is from."""
    rows = (
        (
            in_words_of(rule.title, period), rule.kind, lit(LIGHTS[rule.severity]), rule.line,
            listed(rule.scopes) or "涉及的地区、部门", rule.source, rule.concerns,
        )
        for rule in NOTICES
    )  # fmt: skip
    columns = ("规则", "类别", "级别", "提醒线", "范围", "依据", "由谁处理")
    widgets.table(table(columns, rows))


def acknowledging(found: Sequence[Judgement | Record], kept: Mapping[str, Record]) -> None:
    """Choose notices nobody knows of yet, and say that one does."""
    names = {
        one.key: f"{one.title}｜{_marked(one)}"
        for one in found
        if one.key in kept and kept[one.key].known is None
    }
    if not names:
        return
    if not visitor.offers(Action.ACKNOWLEDGE):
        return
    held = st.session_state.get("notices-known", [])
    st.session_state["notices-known"] = [key for key in held if key in names]
    chosen, button = st.columns([4, 1], vertical_alignment="bottom")
    keys = chosen.multiselect(
        "标为知悉", list(names), format_func=names.__getitem__, key="notices-known",
        placeholder="选择已经知道、不用再提醒的", filter_mode="contains",
    )  # fmt: skip
    if keys:
        button.button(
            "已知悉", icon=":material/done_all:", on_click=_acknowledge, args=(tuple(keys),),
            width="stretch", key="notices-acknowledge",
        )  # fmt: skip


@visitor.only(Action.ACKNOWLEDGE)
def _acknowledge(keys: tuple[str, ...]) -> None:
    person = visitor.person()
    try:
        noted = acknowledge(notice_folder(), keys, person.role, utc_now())
    except (BusyError, OSError) as error:
        why = str(error) if isinstance(error, BusyError) else "磁盘读写出错，请稍后再试"
        st.session_state.notices_refused = f"没有标上：{why}。"
        return
    st.session_state["notices-known"] = []
    for one in noted:
        what = f"提醒“{one.title}”，{one.key}"
        record(Noted.KNOWN, who=person, what=what, release=one.release)


def refusal() -> None:
    """Say once why the last acknowledgement was not kept."""
    if why := st.session_state.pop("notices_refused", None):
        st.error(markup.plain(why), icon=":material/block:")


def _marked(one: Judgement | Record) -> str:
    return f"{DEMO_MARK}｜{one.sentence}" if one.made_up else one.sentence
