"""Every one of the 70 attacks and faults has a test, and a broken variant that its check catches.

Tests say so themselves: `case(7)` drives the case, `broken(7)` runs its check where it must find fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
CASES = set(range(1, 71))
_MARKED = re.compile(r"\bpytest\.mark\.(?:case|broken)\(")


def numbers(marks: Iterable[pytest.Mark]) -> set[int]:
    """The cases that marks of one kind name."""
    return {number for mark in marks for number in mark.args}


def gaps(items: Iterable[pytest.Item]) -> dict[str, set[int]]:
    """For each kind of mark the cases that no test has, and those that are not on the list."""
    items = list(items)
    found = {}
    for kind in ("case", "broken"):
        held = numbers(mark for item in items for mark in item.iter_markers(kind))
        found[kind] = CASES ^ held
    return found


@pytest.fixture(scope="module")
def marked(request: pytest.FixtureRequest) -> list[pytest.Item]:
    """Every marked test, where the whole suite was collected."""
    files = {p for p in TESTS.rglob("test_*.py") if _MARKED.search(p.read_text("utf-8"))}
    items = request.session.items
    missing = (
        files - {item.path for item in items} - {Path(__file__), TESTS / "security/test_soak.py"}
    )
    chosen = request.config.getoption("keyword") or any("::" in a for a in request.config.args)
    if missing or chosen:
        pytest.skip(f"only a part of the suite was collected, without {len(missing)} of its files")
    return [item for item in items if item.path in files]


def test_every_case_has_a_test_and_a_broken_variant(marked: list[pytest.Item]) -> None:
    assert gaps(marked) == {"case": set(), "broken": set()}


@pytest.mark.parametrize("kind", ["case", "broken"])
def test_a_case_whose_tests_are_gone_is_named(marked: list[pytest.Item], kind: str) -> None:
    for number in (1, 35, 70):
        rest = [item for item in marked if number not in numbers(item.iter_markers(kind))]
        assert number in gaps(rest)[kind]
