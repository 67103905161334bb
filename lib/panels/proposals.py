"""Proposals: what is new, changed and missing, and what a reader would see instead."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib import actions, markup, visitor, widgets
from lib.access.roles import Action
from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.compare import Diff, Uncompared, key_text, keys
from lib.insight.effects import Effects, effects
from lib.insight.table import table
from lib.store.proposals import Proposal
from lib.submission import PartDiff, differences

_SHOWN = 100


def _text_rows(diff: Diff, which: str) -> list[tuple[str, ...]]:
    rows = diff.added if which == "added" else diff.removed
    figures = [c for c in diff.dataset.columns if c.kind == "measure"]
    found: list[tuple[str, ...]] = []
    for key, row in zip(
        keys(diff.dataset, rows.slice(0, _SHOWN)), rows.slice(0, _SHOWN).to_pylist(), strict=True
    ):
        said = "，".join(
            f"{c.label} {row[f'{c.name}_text']}" for c in figures if row[f"{c.name}_text"]
        )
        found.append((key_text(diff.dataset, key), said))
    return found


def difference(part: PartDiff) -> None:
    """One dataset and period: what is new, changed cell by cell, and missing."""
    diff = part.diff
    if isinstance(diff, Uncompared):
        numbers = [(f"原有{diff.before}行", "gray"), (f"现有{diff.after}行", "blue")]
        st.html(markup.file_head(diff.dataset.name, period_label(part.period), numbers))
        st.caption("行数太多，不逐行比较。")
        return
    counts = [
        (f"＋ 新增{len(diff.added)}行", "blue"), (f"～ 变更{diff.changed_rows}行", "orange"),
        (f"－ 去掉{len(diff.removed)}行", "red"), (f"＝ 不变{diff.unchanged}行", "gray"),
    ]  # fmt: skip
    st.html(markup.file_head(diff.dataset.name, period_label(part.period), counts))
    if diff.changed:
        changed = [
            (key_text(diff.dataset, c.key), c.column, c.old or "空", c.new or "空")
            for c in diff.changed[:_SHOWN]
        ]
        with st.expander(f"变更的格（{len(diff.changed)}）", expanded=len(diff.changed) <= 20):
            widgets.table(table(("行", "列", "原来", "改为"), changed))
    for which, label in (("added", "新增的行"), ("removed", "去掉的行")):
        rows = diff.added if which == "added" else diff.removed
        if len(rows):
            with st.expander(f"{label}（{len(rows)}）"):
                widgets.table(table(("行", "数"), _text_rows(diff, which)))
    if max(len(diff.changed), len(diff.added), len(diff.removed)) > _SHOWN:
        st.caption(f"每类列出前{_SHOWN}条；完整比较可用命令 diff 导出。")


def effect(found: Effects) -> None:
    """What a reader's page would show instead, and which rules turn."""
    moved = [c for c in found.cards if not c.same]
    if moved:
        rows = ((f"{c.title}（{c.scope}）", c.old, c.new, c.old_light, c.new_light) for c in moved)
        widgets.table(table(("总览指标", "现在", "发布后", "现在的灯", "发布后的灯"), rows))
    else:
        st.caption("总览的重点指标和灯都不变。")
    if found.rules:
        rules = ((r.name, r.old, r.new, r.arithmetic) for r in found.rules)
        widgets.table(table(("核验规则", "现在", "发布后", "算式"), rules))
    else:
        st.caption("没有核验规则因此改变结论。")


def proposal_view(proposal: Proposal) -> None:
    """A proposal against what it was compared with: differences, effects, where to preview it."""
    files = {source["sha256"]: source["file"] for source in proposal.sources}
    told = "；".join(f"{name}（指纹 {digest[:12]}）" for digest, name in files.items())
    st.html(markup.note(f"来自 {told}"))
    for part in differences(proposal.base, proposal.id):
        difference(part)
    for period in sorted({part.period for part in proposal.parts}):
        st.html(
            markup.heading(
                f"对{period_label(period)}的影响", f"与版本 {proposal.base or '（空）'} 比较"
            )
        )
        effect(effects(proposal.base, proposal.id, period))
        st.link_button(
            "在总览中预览",
            f"./?release={proposal.id}&period={period_label(period)}",
            icon=":material/preview:",
        )


def title(proposal: Proposal) -> str:
    """A proposal in a list: what and whose it is, from which files, how and why."""
    names = {DATASET_BY_ID[part.dataset].name: None for part in proposal.parts}
    periods = {period_label(part.period): None for part in proposal.parts}
    files = {source["file"]: None for source in proposal.sources}
    parts = ["、".join(names), "、".join(periods), "、".join(files), proposal.note]
    parts += [place_name(proposal.sender) if proposal.sender else "", proposal.by]
    parts += [proposal.publish_mode.label, proposal.state, proposal.label]
    return " · ".join(part for part in parts if part)


def pressed(
    where: DeltaGenerator,
    proposal: Proposal,
    by: str,
    label: str,
    *,
    main: bool = False,
    idle: bool = False,
) -> bool:
    """A button that acts on this very proposal; idle without somebody to answer for it."""
    return where.button(
        label,
        key=f"{label}-{proposal.id}",
        type="primary" if main else "secondary",
        disabled=not by or idle,
    )


@visitor.only(Action.REPORT)
def reopen(proposal_id: str, by: str) -> None:
    """Compare a proposal with what is live now, and look at the fresh one."""
    st.session_state.chosen_proposal = actions.reopen(visitor.person(), proposal_id, by).id
