"""What tests tell, and to whom: records on a disk, one delivery, whole rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from lib.notices.channels import Channel
from lib.notices.delivery import Outcome, deliver
from lib.notices.folder import Folder
from lib.notices.message import Message, item_of
from lib.notices.record import Record
from lib.notices.round import run_round
from lib.settings.notices import Endpoints
from tests.notices.scene import NOW, Answer, Clock, Robot, robot

HOLDING = 22  # in the published half-year, see test_rules
SECRET = "SEC-geheim-4711"
KEY = "geheim-693a91f6"


def kept(folder: Path, records: Sequence[Record]) -> Folder:
    """A folder with these records."""
    made = Folder(folder / "notices")
    made.change(lambda _: list(records))
    return made


def sent(
    folder: Folder, ways: Sequence[Channel], clock: Clock, link: str = "", pauses: Sequence[float] = (1, 4)
) -> Outcome:  # fmt: skip
    return deliver(folder, ways, Endpoints(link=link), clock, clock.pause, pauses)


def message(*records: Record, base: str = "") -> Message:
    return Message(
        tuple(item_of(one, "新增", NOW, base) for one in records), base and f"{base}notices"
    )


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> Iterator[Robot]:
    """A robot that is set."""
    with robot(*answers) as there:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        yield there


def go(clock: Clock) -> int:
    """A round; how many notices were delivered."""
    outcome = run_round(clock, clock.pause)
    assert outcome.problems == ()
    return outcome.told
