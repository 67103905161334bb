"""Text files damaged at random: read or refused in a sentence, never an error and never nonsense."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from lib.intake.annotate import annotated, issues_csv
from lib.intake.draft import Draft
from lib.intake.files.limits import UPLOAD
from lib.intake.reading import read_file
from tests.intake import fuzz

pytestmark = pytest.mark.case(52)
CHUNKS, EACH = 5, 120
SEEDS = sorted(fuzz.seeds(workbooks=False).items())


def rows(draft: Draft) -> list[dict] | None:
    return None if draft.table is None else draft.table.to_pylist()


# Two of them always, all by `make soak`.
@pytest.mark.parametrize(
    "chunk",
    [pytest.param(n, marks=[pytest.mark.soak] * (n >= 2)) for n in range(CHUNKS)],
)
def test_a_damaged_text_is_read_or_refused(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    dice, readable = Random(chunk), 0
    for number in range(EACH):
        name, seed = SEEDS[(chunk * EACH + number) % len(SEEDS)]
        content = fuzz.damaged_text(seed, dice)
        reading = fuzz.checked(content, name)
        readable += any(draft.table is not None for draft in reading.drafts)
        if number % 10 == 0:
            assert annotated(content, reading.issues, UPLOAD)
            assert issues_csv(reading.issues)
    assert readable > EACH // 8  # most of the reader was reached
    record_property("fuzzed files", EACH)


@pytest.mark.parametrize("name", [name for name, _ in SEEDS])
def test_a_text_cut_anywhere_is_read_or_refused(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    content = dict(SEEDS)[name]
    ends = range(1, len(content), max(1, len(content) // 6))
    for end in ends:
        fuzz.checked(content[:end], name)
    record_property("fuzzed files", len(ends))


@pytest.mark.parametrize("chunk", range(2))
def test_reading_in_columns_gives_the_same_answer_for_a_damaged_text(
    chunk: int, record_property: Callable[[str, object], None]
) -> None:
    dice = Random(1_000 + chunk)
    for number in range(40):
        name, seed = SEEDS[(chunk * 40 + number) % len(SEEDS)]
        content = fuzz.damaged_text(seed, dice)
        one = read_file(content, name, fuzz.CHOICES)
        two = read_file(content, name, fuzz.CHOICES, bulk_bytes=0)
        assert one.issues == two.issues
        assert [rows(draft) for draft in one.drafts] == [rows(draft) for draft in two.drafts]
    record_property("fuzzed files", 40)
