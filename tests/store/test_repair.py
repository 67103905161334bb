"""What a crash left is removed, and nothing else."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from filelock import FileLock

from lib.seed import clean_up, ensure_seeded
from lib.settings import lake_dir
from lib.store import delta
from lib.store.lake import Lake
from lib.store.release import nothing
from lib.store.writing import Change, write_tables
from tests.store.rows import draft, table

A = ("2022H1", "education", 1)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.publish([draft(A)], by="初")
    return made


def names(lake: Lake) -> set[str]:
    root = lake.path.parent
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


def half_publish(lake: Lake, count: int) -> None:
    """The tables of a publish whose release row was never written."""
    part = table([("2022H1", "education", count)])
    change = Change(
        "warnings",
        "2022H1",
        "0",
        False,
        {"warnings": [lambda path: delta.pq.write_table(part.drop_columns(["period"]), path)]},
    )
    write_tables(lake.path, lake.live() or nothing(), [change])


def test_what_a_crashed_publish_left_is_removed_and_nothing_else(lake: Lake) -> None:
    before = names(lake)
    assert lake.repair() == []
    half_publish(lake, 7)
    half_publish(lake, 8)
    table_folder = lake.path / "warnings"
    (table_folder / "period=2022H1" / ".tmp-0").write_bytes(b"PAR")
    (table_folder / "_delta_log" / "00000000000000000009.json#1").write_bytes(b"{")
    (lake.path.parent / "proposals" / ".tmp-1" / "result").mkdir(parents=True)
    (lake.path.parent / "uploads" / "ab").mkdir(parents=True)
    (lake.path.parent / "uploads" / "ab" / ".tmp-2").write_bytes(b"")
    assert len(names(lake)) > len(before)
    assert len(lake.repair()) == 9  # three commits (one a restore), two files of rows, four by hand
    assert names(lake) - before == {"proposals", "uploads", "uploads/ab"}
    assert before <= names(lake)
    assert lake.publish([draft(("2022H1", "education", 2))], by="张三").versions["warnings"] == 2


def test_rolled_back_releases_keep_their_files(lake: Lake) -> None:
    lake.publish([draft(("2022H1", "education", 2))], by="张三")
    lake.rollback("R0001", by="张三", note="")
    assert lake.repair() == []
    assert [len(s.read()) for r in lake.releases() for s in lake.tables(r).values()] == [1, 1, 1]


def test_tables_that_no_release_knows_are_left_for_a_person(lake: Lake) -> None:
    shutil.rmtree(lake.path / "releases")
    before = names(lake)
    assert lake.repair() == []
    assert names(lake) == before


def test_a_start_waits_for_no_writer_where_the_newest_release_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    monkeypatch.setattr("lib.store.lake._LOCK_SECONDS", 20)
    live = ensure_seeded()
    half_publish(Lake(lake_dir()), 7)
    left = names(Lake(lake_dir()))
    with FileLock(lake_dir() / ".lock"):
        begun = time.monotonic()
        assert ensure_seeded() == live
        assert time.monotonic() - begun < 20
    assert names(Lake(lake_dir())) == left
    clean_up()
    assert names(Lake(lake_dir())) < left


def test_a_release_row_that_a_power_cut_tore_is_removed(lake: Lake) -> None:
    lake.publish([draft(("2022H1", "education", 2))], by="张三")
    (lake.path / "sums" / "R0002.sha256").unlink()  # written after the row
    log = lake.path / "releases" / "_delta_log"
    newest = max(log.glob("*.json"))
    newest.write_bytes(newest.read_bytes()[:40])
    assert f"lake/releases/_delta_log/{newest.name}" in Lake(lake.path).repair()
    assert [r.id for r in Lake(lake.path).releases()] == ["R0001"]
    assert lake.publish([draft(("2022H1", "education", 3))], by="张三").id == "R0002"


def test_a_published_proposal_gives_its_figures_up_to_its_release(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 2))], by="张三", mode="add")
    kept = lake.propose([draft(("2022H1", "health", 3))], by="张三", mode="add")
    lake.publish_proposal(made.id, by="张三")
    assert lake.repair() == [f"proposals/{made.id}/result", f"proposals/{made.id}/rows"]
    assert lake.opened(made.id) == lake.live()
    assert lake.proposal(kept.id) == kept


def test_a_crash_before_the_proposal_notes_its_release_is_seen_through_and_mended(
    lake: Lake,
) -> None:
    made = lake.propose([draft(("2022H1", "health", 2))], by="张三", mode="add")
    manifest = lake.path.parent / "proposals" / made.id / "manifest.json"
    before = manifest.read_bytes()
    release = lake.publish_proposal(made.id, by="张三")
    manifest.write_bytes(before)
    seen = [(p.state, p.release) for p in (*lake.proposals(), lake.proposal(made.id))]
    assert seen == [("已发布", release.id)] * 2
    lake.repair()
    assert json.loads(manifest.read_text())["release"] == release.id
