"""An address with parts left out leads to the whole one, which names its release."""

from __future__ import annotations

import pytest

from lib import actions
from lib.access.roles import MACHINE, Person, Role
from lib.guards.pinning import pinned
from lib.submission import receive


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("", "release=R0001&period=2022H1"),
        ("release=R0001", "release=R0001&period=2022H1"),
        ("period=2022H1", "release=R0001&period=2022H1"),
        ("district=xinbei&district=jintan", "release=R0001&period=2022H1&district=xinbei&district=jintan"),
        ("search=%E9%A2%84%E8%AD%A6", "release=R0001&period=2022H1&search=%E9%A2%84%E8%AD%A6"),
        ("period=2022H1&release=R0001&district=xinbei", None),
        ("release=R9999", None),
    ],
)  # fmt: skip
def test_an_address_is_completed_with_what_it_means(asked: str, answered: str | None) -> None:
    assert pinned(asked) == answered


def test_a_report_of_others_is_not_told_of_by_an_address() -> None:
    received = receive(
        "期次,截止日期,地区,目标人数,已培育人数\n2022H1,2022-07-31,金坛区,,7\n".encode(), "专员.csv",
        sender="jintan", choices={},
    )  # fmt: skip
    made = actions.propose(MACHINE, [received], mode="merge", by="数据岗", sender="jintan").id
    other = Person("ly", "溧阳岗", Role.REPORTER, frozenset({"liyang"}))
    assert pinned(f"release={made}", other) is None
    assert pinned(f"release={made}") == f"release={made}&period=2022H1"
    actions.discard(MACHINE, made, "数据岗")
