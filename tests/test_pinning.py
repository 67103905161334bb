from __future__ import annotations

import pytest

from lib.routes.pinning import pinned


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
