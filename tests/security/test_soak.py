"""The attacks for longer, with other damage on every run: `make soak`. A failure prints its seed."""

from __future__ import annotations

import secrets
from random import Random

import pytest

from lib.submission import receive
from tests.intake import fuzz

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_600)]
KINDS = pytest.mark.parametrize("workbooks", [False, True], ids=["texts", "workbooks"])


def damaged(workbooks: bool, count: int) -> list[tuple[str, bytes]]:
    """So many files of one kind, damaged as never before."""
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    dice, sound = Random(seed), sorted(fuzz.seeds(workbooks).items())
    damage = fuzz.damaged_workbook if workbooks else fuzz.damaged_text
    return [(name, damage(content, dice)) for name, content in (dice.choice(sound) for _ in range(count))]  # fmt: skip


@KINDS
@pytest.mark.parametrize("part", range(4))
@pytest.mark.case(52)
def test_two_thousand_damaged_files_are_read_or_refused(workbooks: bool, part: int) -> None:
    for number, (name, content) in enumerate(damaged(workbooks, 250)):
        print(f"part {part}, file {number}: {name}")
        fuzz.checked(content, name)


@KINDS
@pytest.mark.usefixtures("nothing_left")
@pytest.mark.case(52)
def test_two_hundred_damaged_files_come_through_the_child(workbooks: bool) -> None:
    for number, (name, content) in enumerate(damaged(workbooks, 100)):
        print(f"file {number}: {name}")
        reading = receive(content, name, sender="education", choices={}).reading
        assert reading.drafts or reading.blocked
        assert not any(issue.code == "READ_LIMIT" for issue in reading.issues)
