"""Uploaded files: how they were read, what is asked about them, what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib import markup, visitor, widgets
from lib.access.roles import Action
from lib.audit.recording import record
from lib.audit.words import Noted, Result
from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.periods import parse_period, period_label
from lib.catalog.places import CITY_LEVEL, DEPARTMENTS, DISTRICTS, place_name
from lib.clock import china_today
from lib.insight.table import Table, table
from lib.intake.annotate import annotated_name, issues_csv
from lib.intake.child.sandbox import annotate_upload
from lib.intake.choices import AS_OF, IGNORE, PERIOD, Choices
from lib.intake.choices import key as choice_key
from lib.intake.issues import Issue, Question
from lib.intake.sheet import SheetView
from lib.runtime import uploads
from lib.submission import Received, receive, senders

SENDERS = (
    "government_service",
    CITY_LEVEL.id,
    *(d.id for d in DISTRICTS),
    *(d.id for d in DEPARTMENTS),
)
_MARKS = {"阻断": "✖ 阻断", "提醒": "▲ 提醒", "说明": "● 说明"}
_TONES = {"阻断": "red", "提醒": "orange", "说明": "blue"}
_SHOWN = 100
_YEARS = 6


def candidate_periods(held: Sequence[str]) -> list[str]:
    """Periods to pick from: those released, and the half-years of the last years, newest first."""
    this_year = china_today().year
    halves = {
        f"{year}H{half}" for year in range(this_year - _YEARS, this_year + 1) for half in (1, 2)
    }
    known = {parsed for name in {*halves, *held} if (parsed := parse_period(name))}
    return [period.id for period in sorted(known, reverse=True)]


@dataclass(frozen=True)
class Dropped:
    """One file on the page: Streamlit's id of the upload, its name for people, what it gave."""

    id: str
    label: str
    received: Received


def read(files: Sequence[UploadedFile], sender: str, common: Choices, by: str) -> list[Dropped]:
    """Read every uploaded file once per set of decisions, with progress; its arrival is noted."""
    uploads.keep_only("tables", {file.file_id for file in files})
    kept: dict[object, Received] = st.session_state.setdefault("readings", {})
    found: dict[object, Received] = {}
    arrived: set[str] = st.session_state.setdefault("arrived", set())
    dropped, names = [], Counter[str]()
    for file in files:
        names[file.name] += 1
        again = f"（第{names[file.name]}个）" if names[file.name] > 1 else ""
        choices = dict(common) | answers(file.file_id)
        seen = (file.file_id, sender, tuple(sorted(choices.items())))
        found[seen] = kept[seen] if seen in kept else _read_one(file, sender, choices)
        if file.file_id not in arrived:
            arrived.add(file.file_id)
            _note_arrival(found[seen], by)
        dropped.append(Dropped(file.file_id, file.name + again, found[seen]))
    st.session_state.readings = found
    return dropped


def _read_one(file: UploadedFile, sender: str, choices: Choices) -> Received:
    bar = st.progress(0.0, f"正在读取 {markup.plain(file.name)}")

    def show(stage: str, done: float) -> None:
        bar.progress(min(done, 1.0), f"{stage}：{markup.plain(file.name)}")

    try:
        return receive(file.getvalue(), file.name, sender=sender, choices=choices, progress=show)
    finally:
        bar.empty()


def _note_arrival(received: Received, by: str) -> None:
    """One line of the audit log: the file's name, size in rows and hash, nothing of its content."""
    reading = received.reading
    rows = sum(len(draft.table) for draft in reading.drafts if draft.table is not None)
    blocking = sum(issue.count for issue in reading.issues if issue.severity == "阻断")
    record(
        Noted.UPLOAD, who=visitor.person(), post=by, what=f"{reading.file}（{rows}行，SHA-256 {reading.sha256[:12]}）",
        result=Result.REFUSED if blocking else Result.DONE,
        reason=f"{blocking}个阻断问题" if blocking else "",
    )  # fmt: skip


def answers(file: str) -> dict[str, str]:
    """What was decided on this page about one upload, by its id."""
    given: dict[str, dict[str, str]] = st.session_state.setdefault("answers", {})
    return given.setdefault(file, {})


def _answer(file: str, key: str, widget: str) -> None:
    if st.session_state[widget] is not None:
        answers(file)[key] = st.session_state[widget]


@visitor.only(Action.REPORT)
def _take_back(file: str, key: str, sender: str) -> None:
    answers(file).pop(key, None)
    senders().forget(sender, key)


def file_card(dropped: Dropped, sender: str, periods: Sequence[str]) -> None:
    """One file: what it was taken for, what only a person can decide, and its problems."""
    received, reading = dropped.received, dropped.received.reading
    counts = {s: sum(i.count for i in reading.issues if i.severity == s) for s in _MARKS}
    badges = [(f"{_MARKS[s]} {n}", _TONES[s]) for s, n in counts.items() if n]
    with st.container(border=True):
        st.html(
            markup.file_head(dropped.label, _summary(received), badges or [("✔ 没有问题", "green")])
        )
        _decisions(dropped, sender)
        for question in reading.questions:
            _ask(dropped.id, question, periods)
        for view in reading.sheets:
            doubtful = bool(reading.questions) or not reading.encoding.startswith(("UTF-8", "XLSX"))
            _preview(view, dropped, len(reading.sheets) > 1, doubtful)
        if reading.issues:
            issues_table(reading.issues)
            _handed_back(dropped)


def _leave_out(file: str, place: str) -> None:
    answers(file)[place] = IGNORE


def _summary(received: Received) -> str:
    parts = []
    for draft in received.reading.drafts:
        name = draft.dataset.name if draft.dataset else "没有认出"
        rows = len(draft.table) if draft.table is not None else 0
        periods = "、".join(period_label(p) for p in draft.periods) or "期次未定"
        parts.append(f"{draft.sheet + '：' if draft.sheet else ''}{name}，{periods}，{rows}行")
    encoding, digest = received.reading.encoding, received.reading.sha256
    parts.append(f"编码 {encoding}" if encoding else "没有读出表格")
    return "；".join([*parts, f"指纹 {digest[:12]}"] if digest else parts)


def _decisions(dropped: Dropped, sender: str) -> None:
    """Decisions in force, here or from earlier files, each of which can be taken back."""
    mine = answers(dropped.id)
    used = {k: v for draft in dropped.received.reading.drafts for k, v in draft.choices.items()}
    for key, value in (used | mine).items():
        if key in (PERIOD, AS_OF) and key not in mine:
            continue
        where = "本次选择" if key in mine else "沿用以前的选择"
        subject = "期次" if key == PERIOD else key.partition(":")[2]
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.caption(f"{where}：{markup.plain(subject)} → {markup.plain(_value_label(value))}")
        button.button(
            "重新选择", key=f"undo-{dropped.id}-{key}", on_click=_take_back,
            args=(dropped.id, key, sender),
        )  # fmt: skip


def _value_label(value: str) -> str:
    named = {"ignore": "不读", "yes": "已确认", "100": "乘以100", "1": "不乘"}
    if parse_period(value):
        return period_label(value)
    if value in named or value in DATASET_BY_ID:
        return named.get(value) or DATASET_BY_ID[value].name
    try:
        return place_name(value)
    except KeyError:
        return value


def _ask(file: str, question: Question, periods: Sequence[str]) -> None:
    options = question.options or tuple((p, f"{period_label(p)}（{p}）") for p in periods)
    labels = dict(options)
    widget = f"ask-{file}-{question.key}"
    st.selectbox(
        f"**需要您决定**：{markup.plain(question.text)}", list(labels), index=None, key=widget,
        format_func=labels.__getitem__, placeholder="请选择", filter_mode=None,
        on_change=_answer, args=(file, question.key, widget),
    )  # fmt: skip


def _preview(view: SheetView, dropped: Dropped, several: bool, opened: bool) -> None:
    if not view.rows:
        return
    header = view.rows[: len(view.header_rows)] if view.dataset else ()
    body = view.rows[len(header) :]
    labels = tuple(view.mapping) or tuple(f"第{n}列" for n in range(1, len(view.rows[0]) + 1))
    shown = [tuple(row[: len(labels)]) + ("",) * (len(labels) - len(row)) for row in body]
    name = f"工作表 {view.name}" if view.name else "表格"
    with st.expander(f"预览与对应关系：{markup.plain(name)}", expanded=opened):
        if view.mapping:
            pairs = ((label, meaning) for label, meaning in view.mapping.items())
            widgets.table(table(("文件里的列", "读作"), pairs))
        widgets.table(Table(labels, tuple(shown)))
        if several and view.dataset:
            place = choice_key("dataset", f"{dropped.received.reading.file}/{view.name}")
            st.button(
                "不读这个工作表",
                key=f"skip-{dropped.id}-{place}",
                on_click=_leave_out,
                args=(dropped.id, place),
            )


def issues_table(issues: Sequence[Issue]) -> None:
    """Problems, blocking ones first; a long list is cut here and whole in the downloads."""
    several = len({issue.file for issue in issues}) > 1
    rows = [
        (_MARKS[i.severity], _place(i, several), i.message, i.fix, i.text) for i in issues[:_SHOWN]
    ]
    with st.expander(
        f"问题清单（{len(issues)}条）", expanded=any(i.severity == "阻断" for i in issues)
    ):
        widgets.table(table(("程度", "位置", "问题", "建议", "格内文字"), rows))
        if len(issues) > _SHOWN:
            st.caption(f"这里列出前{_SHOWN}条，共{len(issues)}条，完整清单请下载。")


def _place(issue: Issue, with_file: bool) -> str:
    parts = [issue.file if with_file else "", issue.sheet]
    parts += [f"第{issue.row}行" if issue.row else "", issue.column]
    more = f"等{issue.count}处" if issue.count > 1 else ""
    return "，".join(part for part in parts if part) + more


def _handed_back(dropped: Dropped) -> None:
    received, reading = dropped.received, dropped.received.reading
    left, right = st.columns(2)
    left.download_button(
        "下载批注过的原文件", visitor.taken(
            lambda: annotate_upload(received.content, reading.issues), annotated_name(reading.file)
        ),
        annotated_name(reading.file), key=f"annotated-{dropped.id}", icon=":material/edit_note:",
        on_click="ignore", width="stretch",
    )  # fmt: skip
    right.download_button(
        "下载问题清单 CSV", visitor.taken(lambda: issues_csv(reading.issues), f"问题清单-{PurePath(reading.file).stem}.csv"), f"问题清单-{PurePath(reading.file).stem}.csv",
        key=f"issues-{dropped.id}", icon=":material/csv:", on_click="ignore", width="stretch",
    )  # fmt: skip
