"""What is said about a file names nobody: issues lose the numbers and names their cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lib.intake.issues import Issue
from lib.intake.words.privacy import holds_number, without_numbers

_FIGURE = re.compile(r"[\d,.，．%％\s]+")  # an amount or a code, which may look like a number


def discreet(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues without personal data; a question about such a cell is not asked."""
    return tuple(map(_discreet, issues))


def _discreet(issue: Issue) -> Issue:
    said = f"{issue.message}\n{issue.text}\n{issue.column}"
    if _FIGURE.fullmatch(issue.text) or not holds_number(said):
        return issue
    question = issue.question
    return replace(
        issue, message=without_numbers(issue.message), text=without_numbers(issue.text),
        column=without_numbers(issue.column),
        question=None if question and holds_number(question.key) else question,
    )  # fmt: skip
