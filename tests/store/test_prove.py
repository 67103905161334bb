"""Releases read again from the kept originals."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from lib.intake.draft import Draft
from lib.store.errors import PublishError
from lib.store.lake import Lake
from lib.store.prove import prove
from tests.store.rows import draft, staff


def content(*rows: tuple[str, str, int]) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def read(original: bytes, file: str, sheet: str, choices: Mapping[str, str]) -> list[Draft]:
    """One `period,department,count` a line; a choice `add` is added to every count."""
    lines = [line.split(",") for line in original.decode().splitlines()]
    more = int(choices.get("add", "0"))
    rows = [(period, place, int(count) + more) for period, place, count in lines]
    made = draft(*rows, file=file, sheet=sheet, choices=choices)
    return [Draft(**{**vars(made), "sha256": sha256(original).hexdigest()})]


def publish(lake: Lake, original: bytes, mode: str, **choices: str) -> str:
    drafts = read(original, "预警.csv", "一", choices)
    kept = {drafts[0].sha256: original}
    return lake.publish(drafts, by="张三", mode=mode, originals=kept).id


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Replace, merge with a choice, correct, then back to the second and an addition."""
    made = Lake(tmp_path / "lake")
    publish(made, content(("2022H1", "education", 1), ("2021H2", "health", 4)), "replace")
    publish(made, content(("2022H1", "health", 2)), "merge", add="10")
    publish(made, content(("2022H1", "education", 7)), "correct")
    made.rollback("R0002", by="张三", note="错了")
    publish(made, content(("2022H1", "finance", 3)), "add")
    return made


def outcomes(lake: Lake, release_id: str) -> dict[str, str]:
    return {f"{p.dataset}/{p.period}": p.outcome for p in prove(lake, release_id, read)}


@pytest.mark.parametrize("release_id", ["R0001", "R0002", "R0003", "R0004", "R0005"])
def test_every_release_of_the_chain_is_proved_from_its_originals(
    lake: Lake, release_id: str
) -> None:
    proofs = prove(lake, release_id, read)
    assert [(p.period, p.outcome, p.rebuilt) for p in proofs] == [
        (period, "相同", lake.release(release_id).contents[f"warnings/{period}"])
        for period in ("2021H2", "2022H1")
    ]


def test_a_missing_or_damaged_original_is_said_until_a_whole_period_replaces_it(lake: Lake) -> None:
    lake.uploads.path(lake.release("R0002").sources[0]["sha256"]).unlink()
    assert outcomes(lake, "R0001") == {"warnings/2021H2": "相同", "warnings/2022H1": "相同"}
    assert outcomes(lake, "R0005") == {"warnings/2021H2": "相同", "warnings/2022H1": "缺原件"}
    publish(lake, content(("2022H1", "market", 3)), "replace")
    assert outcomes(lake, "R0006") == {"warnings/2021H2": "相同", "warnings/2022H1": "相同"}
    lake.uploads.path(lake.release("R0006").sources[0]["sha256"]).write_bytes(b"2022H1,market,4")
    assert outcomes(lake, "R0006")["warnings/2022H1"] == "缺原件"


def test_a_reader_that_reads_otherwise_is_found_out(lake: Lake) -> None:
    def other(original: bytes, file: str, sheet: str, choices: Mapping[str, str]) -> list[Draft]:
        return read(original.replace(b",4", b",5"), file, sheet, choices)

    found = {p.period: p.outcome for p in prove(lake, "R0005", other)}
    assert found == {"2021H2": "不同", "2022H1": "相同"}


def test_releases_without_kept_originals_and_unknown_ones_are_told(lake: Lake) -> None:
    lake.publish([staff("2022H1", 5)], by="张三")
    assert outcomes(lake, "R0006")["staff/2022H1"] == "缺原件"
    with pytest.raises(PublishError, match="没有版本 R9999"):
        prove(lake, "R9999", read)
