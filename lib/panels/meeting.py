"""Rehearsals: choosing and ordering slides, what to say, and the ones that are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import streamlit as st

from lib import markup, visitor
from lib.access.roles import Action
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.catalog.periods import period_label
from lib.meeting.deck import exported_deck, newer_than, sorry
from lib.meeting.rehearsal import (
    Line,
    default_title,
    in_all,
    kept_rehearsals,
    moved,
    plan,
    planned_from,
    selection_of,
)
from lib.queries.release import DamagedReleaseError, UnknownReleaseError
from lib.selection import Selection
from lib.store.rehearsals import (
    LONGEST_BY,
    LONGEST_NOTES,
    LONGEST_SECONDS,
    LONGEST_TITLE,
    SHORTEST_SECONDS,
    Rehearsal,
    RehearsalError,
)
from lib.store.release import Release

_SHOWN = 12
_ROWS, _ROW_PIXELS = 24, 35  # of the slides' table before it scrolls in itself
_COLUMNS = {
    "slide": None,
    "展示": st.column_config.CheckboxColumn(width=60),
    "次序": st.column_config.NumberColumn(
        width=60, min_value=0, max_value=9999, step=0.1, format="%g", help="可填小数，如 2.5 排在 2 和 3 之间"
    ),
    "内容": st.column_config.TextColumn(width="medium", disabled=True),
    "讲稿": st.column_config.TextColumn(width="large", max_chars=LONGEST_NOTES),
    "秒数": st.column_config.NumberColumn(
        width=70, min_value=SHORTEST_SECONDS, max_value=LONGEST_SECONDS, step=1,
        help="自动播放时停留多久；一项有几页时平分",
    ),
}  # fmt: skip


@dataclass
class Sheet:
    """What is being planned in this visit; it outlives a look at another page.

    opened: the kept rehearsal it is of, None where it is new
    start:  the lines the editor began with; `lines`: as they stand now
    """

    selection: Selection
    title: str
    start: list[Line]
    by: str = ""
    opened: Rehearsal | None = None
    lines: list[Line] = field(default_factory=list)
    edition: int = 0

    def restart(self, selection: Selection, lines: list[Line]) -> None:
        """Begin a new edition of the editor with these lines."""
        self.selection, self.start, self.lines = selection, lines, lines
        self.edition += 1

    def rehearsal(self) -> Rehearsal:
        """What would be kept now."""
        at = self.selection
        made = Rehearsal(
            self.title.strip(), at.release_id, at.period, at.chosen_districts,
            at.chosen_departments, planned_from(self.lines), self.by.strip(),
        )  # fmt: skip
        held = self.opened
        return replace(made, id=held.id, saved_at=held.saved_at) if held else made


def sheet(current: Selection) -> Sheet:
    """This visit's sheet; a new one follows the filters, an opened one stays where it is pinned."""
    state = st.session_state
    if "meeting_sheet" not in state:
        state.meeting_sheet = _blank(current)
    held: Sheet = state.meeting_sheet
    if held.opened is None and held.selection != current:
        _follow(held, current)
    return held


def _blank(selection: Selection) -> Sheet:
    lines = plan(selection)
    return Sheet(selection, default_title(selection), lines, lines=lines)


def _follow(held: Sheet, selection: Selection) -> None:
    """Take the sheet to another selection, with what was written on it."""
    untouched = planned_from(held.lines) == planned_from(plan(held.selection))
    if held.title == default_title(held.selection):
        held.title = default_title(selection)
    lines = plan(selection) if untouched else moved(selection, planned_from(held.lines))
    held.restart(selection, lines)


def edit(held: Sheet) -> None:
    """Title, post and the slides; `held` takes what is written."""
    key = f"meeting-{held.edition}"
    first, second = st.columns([3, 1])
    held.title = first.text_input("标题", held.title, key=f"{key}-title", max_chars=LONGEST_TITLE)
    held.by = second.text_input(
        "岗位", held.by, key=f"{key}-by", max_chars=LONGEST_BY, placeholder="如 综合科（不写姓名）"
    )
    if f"{key}-lines" not in st.session_state:  # first time, or back from another page
        held.start = held.lines
    held.lines = st.data_editor(
        held.start, key=f"{key}-lines", hide_index=True, column_config=_COLUMNS, num_rows="fixed",
        width="stretch", height="content" if len(held.start) <= _ROWS else _ROWS * _ROW_PIXELS,
    )  # fmt: skip
    planned = planned_from(held.lines)
    st.caption(f"放映按“次序”从小到大：{in_all(planned, held.selection)}。讲稿只在按 N 时显示。")


def save(held: Sheet, as_new: bool = False) -> None:
    """Keep the sheet as it stands after `edit`; what came of it is said on the next run."""
    visitor.check(Action.REHEARSE)
    wanted = held.rehearsal()
    if as_new:
        wanted = replace(wanted, id="")
    try:
        held.opened = kept_rehearsals().save(wanted)
    except RehearsalError as error:
        st.session_state.meeting_refused = f"没有保存：{error}。"
        return
    _note("保存", held.opened, held.opened.by)
    held.restart(held.selection, plan(held.selection, held.opened.slides))
    st.session_state.meeting_said = f"已保存“{held.opened.title}”，可以放映或导出了。"


def open_kept(rehearsal: Rehearsal) -> None:
    """The “打开” button."""
    state, at = st.session_state, selection_of(rehearsal)
    try:
        lines = plan(at, rehearsal.slides)
    except DamagedReleaseError as error:
        state.meeting_refused = f"打不开“{rehearsal.title}”：{error}。"
        return
    except UnknownReleaseError:
        state.meeting_refused = f"打不开“{rehearsal.title}”：版本 {at.release_id} 不在这里。"
        return
    edition = state.meeting_sheet.edition + 1
    state.meeting_sheet = Sheet(
        at, rehearsal.title, lines, rehearsal.by, rehearsal, lines, edition
    )  # fmt: skip


def begin_new(current: Selection) -> None:
    """The “新建” button."""
    edition = st.session_state.meeting_sheet.edition + 1
    st.session_state.meeting_sheet = replace(_blank(current), edition=edition)


def repin(held: Sheet, current: Selection) -> None:
    """Take an opened rehearsal, as it stands after `edit`, to what the filters say."""
    _follow(held, current)


@visitor.only(Action.REHEARSE)
def delete(rehearsal: Rehearsal) -> None:
    """The button that removes a kept rehearsal."""
    try:
        kept_rehearsals().delete(rehearsal.id)
    except RehearsalError as error:
        st.session_state.meeting_refused = f"没有删除：{error}。"
        return
    _note("删除", rehearsal)
    st.session_state.meeting_said = f"已删除“{rehearsal.title}”。"
    held: Sheet = st.session_state.meeting_sheet
    if held.opened and held.opened.id == rehearsal.id:
        held.opened = None


def _note(done: str, rehearsal: Rehearsal, post: str = "") -> None:
    what = f"{done}“{rehearsal.title}”（{rehearsal.id}）"
    record(Noted.REHEARSE, who=visitor.person(), post=post, what=what, release=rehearsal.release_id)


def show_and_take(rehearsal: Rehearsal, newest: Release, *, main: bool) -> None:
    """The buttons that show a kept rehearsal and take it away as a file."""
    where = "main" if main else "list"
    st.link_button(
        "开始放映",
        f"deck/{rehearsal.id}",
        icon=":material/slideshow:",
        type="primary" if main else "secondary",
        key=f"show-{where}-{rehearsal.id}",
    )
    notes = st.session_state.get("meeting-notes", True)
    st.download_button(
        "导出离线网页",
        data=visitor.taken(
            partial(_file, rehearsal, newest, notes),
            f"排练“{rehearsal.title}”（{rehearsal.id}）的离线网页", rehearsal.release_id,
        ),
        file_name=f"{rehearsal.title}-{rehearsal.period}-{rehearsal.release_id}.html",
        mime="text/html", key=f"take-{where}-{rehearsal.id}", on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def _file(rehearsal: Rehearsal, newest: Release, notes: bool) -> bytes:
    try:
        return exported_deck(rehearsal, newest, dt.datetime.now(dt.UTC), notes)
    except DamagedReleaseError as error:
        return sorry(f"{error}。").html.encode()
    except UnknownReleaseError as error:
        return sorry(f"这份排练固定在版本 {error}，这里没有这个版本。").html.encode()


def kept_list(rehearsals: Sequence[Rehearsal], newest: Release) -> None:
    """The kept rehearsals, newest first, each with what can be done with it."""
    for rehearsal in rehearsals[:_SHOWN]:
        _kept(rehearsal, newest)
    rest = rehearsals[_SHOWN:]
    if rest:
        more = st.expander(f"更早的{len(rest)}份", on_change="rerun", key="meeting-more")
        if more.open:
            with more:
                for rehearsal in rest:
                    _kept(rehearsal, newest)


def _kept(rehearsal: Rehearsal, newest: Release) -> None:
    at = selection_of(rehearsal)
    with st.container(border=True):
        st.markdown(f"**{markup.plain(rehearsal.title)}**")
        about = (
            f"版本 {rehearsal.release_id}｜{period_label(at.period)}｜{at.scope}｜"
            f"{len(rehearsal.shown)}项｜{rehearsal.by}，{rehearsal.saved} 保存"
        )
        st.html(markup.note(about))
        old(rehearsal, newest)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                "打开",
                icon=":material/edit:",
                key=f"open-{rehearsal.id}",
                on_click=open_kept,
                args=(rehearsal,),
            )
            show_and_take(rehearsal, newest, main=False)
            if visitor.person().may(Action.REHEARSE):
                with st.popover("删除", icon=":material/delete:", type="tertiary"):
                    st.write("删除后不能恢复。")
                    st.button(
                        "确认删除", key=f"delete-{rehearsal.id}", on_click=delete, args=(rehearsal,)
                    )


def old(rehearsal: Rehearsal, newest: Release) -> None:
    """A loud note where a rehearsal's release is not the newest."""
    if label := newer_than(rehearsal.release_id, newest):
        st.warning(
            f"最新版本是 {label}，这份排练仍固定在 {rehearsal.release_id}，放映的数字不会变。",
            icon=":material/history:",
        )
