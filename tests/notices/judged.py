"""What the rules find, as tests ask for it."""

from __future__ import annotations

from lib.insight.judgements import Judgement
from lib.insight.notices import judgements


def holding(release: str, period: str = "2022H1", *rules: str) -> list[str]:
    """rule~subject of what holds."""
    return [
        f"{one.rule}~{one.subject}"
        for one in judgements(release, period)
        if one.standing == "成立" and (not rules or one.rule in rules)
    ]


def one(release: str, rule: str, subject: str, period: str = "2022H1") -> Judgement | None:
    """A rule's judgement of a subject, None where there is none."""
    found = [j for j in judgements(release, period) if (j.rule, j.subject) == (rule, subject)]
    assert len(found) <= 1
    return found[0] if found else None
