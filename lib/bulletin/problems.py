"""What is wrong with a template: a sentence for people, with file and line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to change. `line` counts from 1; `message` is a Chinese sentence."""

    template: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.template}第{self.line}行：{self.message}"


class WordingError(ValueError):
    """A template that cannot be used; `problems` say why, at least one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("；".join(map(str, problems)))
        self.problems = problems
