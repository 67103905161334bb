"""Two megabytes of anything: no exception, and time that grows with the text, not with its square."""

from __future__ import annotations

import pytest

from lib.proofread.checking import proofread
from lib.proofread.draft import Draft
from tests.proofread.texts import draft

SIZE = 2_000_000
HOSTILE = {
    "digits": "1" * 100_000,
    "open brackets": "（" * (SIZE // 4),
    "nested brackets": "（" * (SIZE // 8) + "）" * (SIZE // 8),
    "quotes": "“" * (SIZE // 4),
    "titles": "《" * (SIZE // 4),
    "commas": "，" * (SIZE // 4),
    "list marks": "、" * SIZE,
    "one word": "字" * (SIZE // 8),
    "names": "市教育局、" * (SIZE // 20),
    "notes": "（注：" * (SIZE // 12),
    "numbers": "甲1个、" * 8_000,
    "bracketed numbers": "市教育局（1件）、" * 8_000,
    "rates": "认领1个认领率1%" * 3_000,
    "glued": "1%" * 10_000,
    "each": "每个10万元" * 10_000,
    "rows": "甲\t1\n" * 50_000,
    "places": "甲乙丙区：1个中心。\n" * 6_000,
}


@pytest.mark.timeout(200)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    assert isinstance(proofread(draft(HOSTILE[name]), "R0001", "2022H1"), tuple)


def test_an_empty_draft_has_no_finding() -> None:
    assert proofread(Draft("空", ()), "R0001", "2022H1") == ()
    assert proofread(draft("\u3000\n。\n，\n1\n")) is not None
