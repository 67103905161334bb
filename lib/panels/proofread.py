"""Parts of 通报校对: the draft as it comes in, what was found, which mends are made, the files to take away.

A draft lives in this session's memory and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import PurePath
from typing import TypeVar

import streamlit as st

from lib import visitor
from lib.catalog.periods import period_label
from lib.documents.drafts.received import (
    DRAFT_LIMITS,
    ENDINGS,
    MOST_CHARACTERS,
    DraftFile,
    read_draft,
    read_pasted,
)
from lib.documents.drafts.taken import clean_text, findings_csv
from lib.documents.drafts.tracked import tracked_docx
from lib.intake.issues import Issue
from lib.markup import plain
from lib.proofread.checking import proofread
from lib.proofread.draft import Draft
from lib.proofread.findings import Finding
from lib.proofread.mends import CONFIDENCES
from lib.proofread.shown import KINDS, Numbered, numbered
from lib.proofread.telling import LIGHTS
from lib.runtime import uploads
from lib.selection import Selection

PASTE, UPLOAD = "粘贴文字", "上传文件"
_SURE = frozenset({"确定", "很可能"})  # mends that are made unless somebody says no
_KEPT = 2  # answers a session holds
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_Made = TypeVar("_Made")


def _once(name: str, key: object, make: Callable[[], _Made]) -> _Made:
    """What was made of the same thing before in this session, the last few; else made now."""
    held: dict[object, _Made] = st.session_state.setdefault(f"proofread_{name}", {})
    if key not in held:
        held[key] = make()
        for oldest in list(held)[:-_KEPT]:
            del held[oldest]
    return held[key]


def _digest(content: object) -> str:
    return sha256(repr(content).encode()).hexdigest()


def settings(selection: Selection) -> tuple[str, tuple[str, str] | tuple[()]]:
    """How the draft comes in, and the release and period to hold it against, if any."""
    named = f"{period_label(selection.period)}，版本 {selection.release_id}"
    with st.container(horizontal=True, gap="medium"):
        how = st.segmented_control(
            "草稿", (PASTE, UPLOAD), default=PASTE, required=True, key="proofread-how",
            persist_state="session",
        )  # fmt: skip
        chosen = st.radio(
            "对照", (True, False), key="proofread-against", horizontal=True, persist_state="session",
            format_func={True: named, False: "不对照版本（只查算术和文字）"}.__getitem__,
        )  # fmt: skip
    return str(how), (selection.release_id, selection.period) if chosen else ()


def incoming(how: str) -> DraftFile | Issue | None:
    """The draft somebody pastes or uploads; None until there is one."""
    if how == UPLOAD:
        return _uploaded()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_area(
            "把草稿正文粘贴到这里（非涉密），一段一行", height=110, max_chars=MOST_CHARACTERS,
            key="proofread-text", persist_state="session",
        )  # fmt: skip
        st.button("校对", type="primary", icon=":material/spellcheck:")
    return read_pasted(text) if text.strip() else None


def _uploaded() -> DraftFile | Issue | None:
    """The file in the box; once somebody has been on another page, the one that was in it."""
    file = st.file_uploader(
        "选择或拖入草稿（.docx、.txt、.md，不超过20 MB；非涉密）", ENDINGS,
        key="proofread-file", on_change=_forget, max_upload_size=DRAFT_LIMITS.file_bytes // 1024**2,
    )  # fmt: skip
    uploads.keep_only("draft", {file.file_id} if file else set())
    if file is not None:
        st.session_state.proofread_upload = _once(
            "read", file.file_id, lambda: read_draft(file.getvalue(), file.name)
        )
    elif "proofread_upload" in st.session_state:
        st.button("清除刚才的草稿", on_click=_forget, icon=":material/close:")
    before: DraftFile | Issue | None = st.session_state.get("proofread_upload")
    return before


def _forget() -> None:
    st.session_state.pop("proofread_upload", None)


def found(draft: Draft, held: tuple[str, str] | tuple[()]) -> tuple[Numbered, ...]:
    """What the checks find, numbered; worked out once for a draft and a release."""
    return _once("found", (_digest(draft), *held), lambda: numbered(proofread(draft, *held)))


def chosen(findings: Sequence[Numbered]) -> list[Numbered]:
    """Those of the kinds and sureness picked; all of them until something is picked."""
    kinds = [kind for kind in KINDS if any(one.finding.kind == kind for one in findings)]
    sure = [name for name in CONFIDENCES if any(one.finding.confidence == name for one in findings)]
    left, right = st.columns([2, 1])
    wanted = left.pills("类别", kinds, selection_mode="multi", key="proofread-kinds")
    surely = right.pills(
        "把握", sure, selection_mode="multi", key="proofread-sure",
        format_func=lambda name: str(LIGHTS[name]),
    )  # fmt: skip
    return [
        one for one in findings
        if one.finding.kind in (wanted or kinds) and one.finding.confidence in (surely or sure)
    ]  # fmt: skip


def mends(findings: Sequence[Numbered]) -> list[Finding]:
    """The findings, those mends taken out that somebody does not want; a box for each to tick."""
    against_default: set[object] = st.session_state.setdefault("proofread_changed", set())
    offered = [one for one in findings if one.finding.mend is not None]
    wanted = {
        one.number: (one.finding.confidence in _SURE) != (one.finding in against_default)
        for one in offered
    }
    box = st.expander(
        f"直接改哪些、哪些只写批注（{len(offered)}处有改法）",
        icon=":material/checklist:", on_change="rerun", key="proofread-mends",
    )  # fmt: skip
    if box.open:
        with box:
            st.caption(f"已选{sum(wanted.values())}处直接改成修订，其余写成批注。")
            for one in offered:
                st.checkbox(
                    _change(one), wanted[one.number], key=f"proofread-mend-{_digest(one)}",
                    on_change=against_default.symmetric_difference_update, args=({one.finding},),
                )  # fmt: skip
    return [
        one.finding if wanted.get(one.number, True) else _for_a_person(one.finding)
        for one in findings
    ]


def _for_a_person(finding: Finding) -> Finding:
    """The finding without its mend, which is only suggested."""
    return replace(finding, mend=None, expected=finding.expected or finding.mend or "删去")


def _change(one: Numbered) -> str:
    finding = one.finding
    into = f"改为“{finding.mend}”" if finding.mend else "删去"
    more = f"，共{len(finding.also) + 1}处" if len(finding.also) else ""
    light = LIGHTS[finding.confidence]
    return plain(
        f"{one.number}. {light} 第{finding.place.paragraph}段“{finding.quoted}”{into}{more}"
    )


def downloads(
    file: DraftFile, every: Sequence[Numbered], mended: Sequence[Finding], held: tuple[str, ...]
) -> None:
    """The copy with changes tracked, the clean text, and the list of everything found."""
    stem = PurePath(file.draft.name).stem
    made = (
        ("下载修订稿", f"{stem}-校对.docx", _WORD, ":material/edit_document:", partial(tracked_docx, file.original, file.draft, mended)),
        ("改好的文字", f"{stem}-改好.txt", "text/plain", ":material/notes:", partial(clean_text, file, mended)),
        ("清单CSV", f"{stem}-校对清单.csv", "text/csv", ":material/csv:", partial(findings_csv, [one.finding for one in every], *held)),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small", width="content"):
        for label, name, mime, icon, make in made:
            st.download_button(
                label, visitor.taken(make, name), name, mime, key=f"proofread-{label}", icon=icon, on_click="ignore",
                type="primary" if mime == _WORD else "secondary",
            )  # fmt: skip
