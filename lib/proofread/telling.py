"""What was found, in words: for people on a page, in a comment, in a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.insight.status import Light
from lib.insight.wording import in_full
from lib.proofread.findings import Confidence, Finding
from lib.proofread.mends import CONFIDENCES
from lib.queries.facts import Fact

LIGHTS: dict[Confidence, Light] = {
    "确定": Light("确定", "■", "orange"),
    "很可能": Light("很可能", "◆", "blue"),
    "可能": Light("可能", "○", "gray"),
}
COLUMNS = ("序号", "段", "类别", "把握", "原文", "问题", "应为", "改为", "对照的数", "检查")


def tally(findings: Sequence[Finding]) -> str:
    """How many, and how sure: 5处：确定2、很可能2、可能1."""
    if not findings:
        return "没有发现问题"
    counts = Counter(finding.confidence for finding in findings)
    parts = "、".join(f"{name}{counts[name]}" for name in CONFIDENCES)
    return f"{len(findings)}处：{parts}"


def expected(finding: Finding) -> str:
    """What should stand there, in a sentence; empty where nobody can say."""
    should = f"应为：{finding.expected}" if finding.expected else ""
    if finding.mend is None or (finding.mend and finding.mend == finding.expected):
        return should
    change = f"建议改为“{finding.mend}”" if finding.mend else "建议删去"
    return "；".join(filter(None, (should, change)))


def told(finding: Finding) -> list[str]:
    """The whole finding, line by line."""
    against = f"对照：{compared(finding.facts)}" if finding.facts else ""
    lines = [finding.message, expected(finding), against, f"把握：{finding.confidence}"]
    return [line for line in lines if line]


def compared(facts: Iterable[Fact]) -> str:
    """The figures of the release a finding was held against, each with its name and place."""
    return "；".join(
        f"{place_name(f.department or f.district)}{metric_name(f.metric, f.period)}：{in_full(f)}"
        for f in facts
    )


def rows(findings: Sequence[Finding]) -> list[tuple[str, ...]]:
    """The findings as rows of a file, in `COLUMNS`."""
    return [
        (
            str(number), f"第{f.place.paragraph}段", f.kind, f.confidence, f.quoted, f.message,
            f.expected, f.mend or "", compared(f.facts), f.check,
        )
        for number, f in enumerate(findings, 1)
    ]  # fmt: skip
