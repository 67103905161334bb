"""Workbooks damaged at random: read or refused in a sentence, never an error and never nonsense."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from lib.intake.annotate import annotated
from lib.intake.files.limits import UPLOAD
from tests.books import repacked
from tests.intake import fuzz

pytestmark = pytest.mark.case(52)
CHUNKS, EACH = 4, 80
SEEDS = sorted(fuzz.seeds(workbooks=True).items())


# Two of them always, all by `make soak`.
@pytest.mark.parametrize(
    "chunk",
    [pytest.param(n, marks=[pytest.mark.soak] * (n >= 2)) for n in range(CHUNKS)],
)
def test_a_damaged_workbook_is_read_or_refused(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    dice, readable = Random(chunk), 0
    for number in range(EACH):
        name, seed = SEEDS[(chunk * EACH + number) % len(SEEDS)]
        content = fuzz.damaged_workbook(seed, dice)
        reading = fuzz.checked(content, name)
        readable += bool(reading.drafts)
        if number % 5 == 0:
            assert annotated(content, reading.issues, UPLOAD)
    assert readable > EACH // 5
    record_property("fuzzed files", EACH)


@pytest.mark.parametrize("name", [name for name, _ in SEEDS])
def test_a_workbook_without_one_of_its_parts_is_read_or_refused(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    content = dict(SEEDS)[name]
    parts: list[str] = []
    repacked(content, lambda part, _: parts.append(part))
    for lost in parts:
        fuzz.checked(
            repacked(content, lambda part, data, lost=lost: None if part == lost else data), name
        )
        fuzz.checked(
            repacked(content, lambda part, data, lost=lost: b"" if part == lost else data), name
        )
    record_property("fuzzed files", 2 * len(parts))
