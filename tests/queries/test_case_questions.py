"""Questions about cases are asked of the tables summed with a release, never of the cases themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib.queries import release

QUESTIONS = sorted(Path(release.__file__).parent.glob("case_*.sql"))


def tables(sql: str) -> set[str]:
    """What a question reads, apart from its own parts."""
    plain = re.sub("--.*", "", sql)
    own = set(re.findall(r"(\w+) AS (?:NOT MATERIALIZED )?\(", plain))
    return set(re.findall(r"(?:FROM|JOIN) (\w+)", plain)) - own


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_what_a_question_costs_does_not_grow_with_the_cases(path: Path) -> None:
    assert tables(path.read_text(encoding="utf-8")) <= {"case_cube", "case_months", "case_list"}


def test_a_question_to_the_cases_is_found_out() -> None:
    assert len(QUESTIONS) >= 6
    assert tables("WITH a AS (SELECT * FROM cases) SELECT * FROM a") == {"cases"}
