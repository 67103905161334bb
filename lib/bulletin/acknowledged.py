"""Figures that do not add up are said to, right where they are read; none is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lib.bulletin.spans import Piece, Told
from lib.insight.cells import Figure, figure
from lib.insight.findings import Finding
from lib.queries.facts import Fact


def note(finding: Finding) -> tuple[Piece, ...]:
    """The remark behind a sentence: （注：监管事项认领率按930÷1029计算为90.38%，待核对）.

    The form is fixed, `（注：…，待核对）`, with no bracketed text inside: proofreading takes what it
    holds for a difference the office knows of. Lists are compared in words: （注：…所称22个，列名21个，待核对）.
    """
    subject = finding.name.removeprefix("名单：").partition("：")[0]
    terms, equals, _ = finding.arithmetic.rpartition("＝")
    if equals:
        parts: tuple[Piece, ...] = (
            f"（注：{subject}按", _plain(terms, finding.facts), "计算为",
            _plain(finding.computed, finding.facts), "，待核对）",
        )  # fmt: skip
        return parts
    stated = _plain(finding.stated, finding.facts)
    return f"（注：{subject}所称", stated, "，核对为", _plain(finding.computed, finding.facts), "，待核对）"  # fmt: skip


def _plain(text: str, facts: Sequence[Fact]) -> str:
    """A computation with its facts; brackets would end the remark early."""
    return figure(text.replace("（", "，").replace("）", ""), facts)


def noted(
    sentence: list[Piece], open_findings: Iterable[Finding]
) -> tuple[list[Piece], list[Finding]]:
    """A sentence with the remarks on its figures and lists before its full stop, and their findings."""
    facts = {f for piece in sentence if isinstance(piece, Figure) for f in piece.facts}
    lists = {piece.roster for piece in sentence if isinstance(piece, Told)} - {""}
    about = [finding for finding in open_findings if _concerns(finding, facts, lists)]
    remarks = [piece for finding in about for piece in note(finding)]
    if not remarks:
        return sentence, []
    *before, last = sentence
    if type(last) is str and last.endswith("。"):
        return [*before, last[:-1], *remarks, "。"], about
    return [*sentence, *remarks], about


def _concerns(finding: Finding, facts: set[Fact], lists: set[str]) -> bool:
    """Whether the sentence states what the finding disputes: its first figure, or its list."""
    if finding.facts:
        return finding.facts[0] in facts
    return any(member.roster in lists for member in finding.members)
