"""Publishing and rolling back."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lib.compare import compare_releases
from lib.intake.draft import Draft
from lib.queries.facts import fact_book
from lib.queries.release import UnknownReleaseError
from lib.seed import clean_up, ensure_seeded, seed
from lib.settings import bulletins_dir
from lib.store import delta
from lib.store.lake import Lake, PublishError
from tests.drafts import draft_from_bytes, draft_from_file
from tests.kept import first_release

HEADER = "期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注\r\n"


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """A data folder of its own, seeded."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    return Lake(tmp_path / "lake")


def warnings_draft(count: int, period: str = "2022H1") -> Draft:
    line = f"{period},市教育局,{count},,件,上半年,2022-06-30,三（三）,"
    return draft_from_bytes((HEADER + line).encode(), "改.csv")


def education(release_id: str, period: str = "2022H1") -> str | None:
    fact = fact_book(release_id, period).get("warning_count", None, "education")
    return fact and fact.value_text


def test_the_first_start_releases_the_shipped_figures(lake: Lake) -> None:
    (release,) = lake.releases()
    assert (release.id, release.kind, release.parent) == ("R0001", "seed", None)
    assert release.periods == ["2022H1"]
    assert {s["file"] for s in release.sources} == {p.name for p in bulletins_dir().glob("*/*.csv")}


def test_the_same_content_again_is_not_a_new_release(lake: Lake) -> None:
    assert seed().id == "R0001"
    assert len(lake.releases()) == 1


def test_a_publish_replaces_one_period_of_one_dataset_and_keeps_the_old_release(lake: Lake) -> None:
    new = lake.publish([warnings_draft(99)], by="测试", note="改一个数")
    assert (new.id, new.parent) == ("R0002", "R0001")
    assert (education("R0001"), education("R0002")) == ("31", "99")
    assert len(fact_book("R0002", "2022H1").of("warning_count")) == 1
    assert fact_book("R0002", "2022H1").get("staff_trained") is not None


def test_another_period_stands_beside(lake: Lake) -> None:
    new = lake.publish([warnings_draft(7, "2021H2")], by="测试")
    assert new.periods == ["2021H2", "2022H1"]
    assert (education(new.id, "2021H2"), education(new.id)) == ("7", "31")


def test_rollback_is_a_new_release_and_the_next_publish_builds_on_it(lake: Lake) -> None:
    lake.publish([warnings_draft(99)], by="测试")
    back = lake.rollback("R0001", by="测试", note="填错了")
    assert (back.id, back.kind, education(back.id)) == ("R0003", "rollback", "31")
    after = lake.publish([warnings_draft(7, "2021H2")], by="测试")
    assert (education(after.id), education(after.id, "2021H2")) == ("31", "7")
    assert education("R0002") == "99"


def test_a_blocked_draft_is_refused_with_a_sentence(lake: Lake) -> None:
    bad = draft_from_bytes((HEADER + "2022H1,市教育厅,1,,件,,2022-06-30,,").encode(), "坏.csv")
    with pytest.raises(PublishError, match=r"坏\.csv有阻断问题，不能发布"):
        lake.publish([bad], by="测试")
    assert len(lake.releases()) == 1


def test_one_key_with_two_values_is_refused_naming_both_places(lake: Lake) -> None:
    with pytest.raises(PublishError) as refused:
        lake.publish([warnings_draft(1), warnings_draft(2)], by="测试")
    assert str(refused.value) == (
        "网办预警：“改.csv”第2行与“改.csv”第2行都是2022H1 市教育局，但内容不同，请核对后只保留一处"
    )


def test_an_unknown_release_is_refused(lake: Lake) -> None:
    with pytest.raises(PublishError, match="没有版本 R9999"):
        lake.rollback("R9999", by="测试", note="")
    with pytest.raises(UnknownReleaseError):
        fact_book("R9999", "2022H1")


def test_the_folder_works_after_being_copied(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake.publish([warnings_draft(99)], by="测试")
    moved = tmp_path / "拷 贝's"
    shutil.copytree(lake.path, moved / "lake")
    shutil.rmtree(lake.path)
    monkeypatch.setenv("TONGBAO_DATA", str(moved))
    assert (education("R0001"), education("R0002")) == ("31", "99")
    assert Lake(moved / "lake").publish([warnings_draft(5)], by="测试").id == "R0003"


def test_a_folder_the_writer_cannot_use_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"数据\[1\]”的路径里有方括号"):
        Lake(tmp_path / "数据[1]").publish([warnings_draft(1)], by="测试")
    assert not (tmp_path / "数据[1]").exists()


def test_a_wrong_figure_changes_the_content_hash(lake: Lake) -> None:
    path = bulletins_dir() / "2022H1" / "staff.csv"
    text = path.read_text(encoding="utf-8-sig")
    changed = draft_from_bytes(text.replace("775", "776").encode(), path.name)
    assert lake.publish([draft_from_file(path)], by="测试").id == "R0001"
    assert lake.publish([changed], by="测试").id == "R0002"


def test_a_start_cleans_up_after_a_crash_and_goes_on(lake: Lake) -> None:
    stray = lake.path / "warnings" / "period=2022H1" / ".tmp-0"
    stray.write_bytes(b"PAR")
    assert ensure_seeded().id == "R0001"
    clean_up()
    assert not stray.exists()


def test_the_shipped_files_are_kept_as_they_are(lake: Lake) -> None:
    kept = {s["file"]: lake.uploads.read(s["sha256"]) for s in lake.releases()[0].sources}
    assert kept == {path.name: path.read_bytes() for path in bulletins_dir().glob("*/*.csv")}


@pytest.mark.case(68)
def test_a_clock_that_was_set_back_does_not_matter(lake: Lake) -> None:
    """Releases are ordered by their numbers."""
    ahead = replace(
        lake.releases()[0], number=2, id="R0002", created_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    )
    delta.append(lake.path / "releases", ahead.to_table())
    new = lake.publish([warnings_draft(99)], by="测试")
    assert (new.id, lake.releases()[0]) == ("R0003", new)
    assert new.created_at < ahead.created_at


def test_two_releases_are_compared_cell_by_cell(lake: Lake) -> None:
    new = lake.publish([warnings_draft(99)], by="测试", mode="merge")
    old = lake.tables(lake.releases()[1])
    (found,) = compare_releases(old, lake.tables(new))
    dataset, period, diff = found
    assert (dataset, period, len(diff.added), len(diff.removed)) == ("warnings", "2022H1", 0, 0)
    (cell,) = [cell for cell in diff.changed if cell.column == "预警件数"]
    assert (cell.key, cell.old, cell.new) == (("2022H1", "education"), "31", "99")
    assert list(compare_releases(old, old)) == []


def test_a_damaged_table_is_told_in_a_sentence(lake: Lake) -> None:
    log = lake.path / "warnings" / "_delta_log"
    (log / "00000000000000000002.json").write_bytes(b"{")  # of no release, but in the writer's way
    with pytest.raises(PublishError, match="没有确认写完：数据文件夹读写出错"):
        lake.publish([warnings_draft(99)], by="测试")
    assert [r.id for r in lake.releases()] == ["R0001"]
