"""Kept rehearsals."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from lib.store.rehearsals import Planned, Rehearsal, RehearsalError, Rehearsals

PLAN = Rehearsal(
    "市长办公会", "R0001", "2022H1", ("xinbei",), ("education",),
    (Planned("cover", "先说范围"), Planned("card:overdue_count", "", 30), Planned("view:staff", "备用", 45, False)),
    "数据科",
)  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Rehearsals:
    return Rehearsals(tmp_path / "rehearsals")


def test_a_rehearsal_comes_back_as_it_was_saved(kept: Rehearsals) -> None:
    saved = kept.save(PLAN)
    assert replace(saved, id="", saved_at=PLAN.saved_at) == PLAN
    assert kept.get(saved.id) == saved
    assert [planned.slide for planned in saved.shown] == ["cover", "card:overdue_count"]


def test_the_newest_comes_first_and_a_deleted_one_is_gone(kept: Rehearsals) -> None:
    first, second = kept.save(PLAN), kept.save(replace(PLAN, title="预演"))
    assert kept.all().rehearsals == (second, first)
    again = kept.save(replace(first, title="市长办公会（改）"))
    assert kept.all().rehearsals == (again, second)
    kept.delete(second.id)
    kept.delete(second.id)
    assert kept.all().rehearsals == (again,)


def test_a_folder_that_is_not_there_holds_nothing(kept: Rehearsals) -> None:
    assert kept.all().rehearsals == ()
    assert kept.get("M261123-abcdef") is None
    assert not kept.folder.exists()


@pytest.mark.parametrize(
    "name", ["../R0001", "M261123-abcdeg", "M261123-abcdef/x", "", "M261123-ABCDEF"]
)
def test_only_an_id_of_ours_is_looked_for(kept: Rehearsals, name: str) -> None:
    kept.save(PLAN)
    assert kept.get(name) is None
    kept.delete(name)
    assert len(kept.all().rehearsals) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "请填写标题和岗位"),
        ({"by": ""}, "请填写标题和岗位"),
        ({"title": "联系 13800000000"}, "标题里不要写电话"),
        ({"by": "数据科 0519-85680000"}, "岗位里不要写电话"),
        ({"slides": (Planned("cover", "身份证 320404199001011234"),)}, "第1行的讲稿里不要写电话"),
        ({"slides": (Planned("cover", "字" * 2001),)}, "第1行的讲稿有2001字，最多2000字"),
        ({"slides": (Planned("cover", shown=False),)}, "至少要展示一页"),
        ({"slides": (Planned("cover", seconds=1),)}, "第1行的秒数要在3到3600之间"),
        ({"release_id": "P221123-abcdef"}, "还没有发布"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_the_reason(
    kept: Rehearsals, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RehearsalError, match=sentence):
        kept.save(replace(PLAN, **change))  # type: ignore[arg-type]
    assert kept.all().rehearsals == ()


def test_two_who_change_the_same_rehearsal_do_not_lose_the_first_ones_work(
    kept: Rehearsals,
) -> None:
    opened = kept.save(PLAN)
    first = kept.save(replace(opened, title="甲改的", by="综合科"))
    with pytest.raises(RehearsalError, match="刚被综合科改过"):
        kept.save(replace(opened, title="乙改的"))
    assert kept.all().rehearsals == (first,)
    kept.delete(first.id)
    with pytest.raises(RehearsalError, match="已被删除"):
        kept.save(replace(first, title="丙改的"))


def test_saving_many_at_once_loses_none(kept: Rehearsals) -> None:
    titles = [f"第{n}场" for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda title: kept.save(replace(PLAN, title=title)), titles))
    assert sorted(r.title for r in kept.all().rehearsals) == sorted(titles)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"R0001"', "1"),
        lambda text: text.replace("2022H1", "2022年"),
        lambda text: text.replace("xinbei", "mars"),
        lambda text: text.replace('"seconds": 30', '"seconds": true'),
        lambda text: text.replace('"seconds": 30', '"seconds": 0'),
        lambda text: text.replace('"id": "M', '"id": "M0'),
        lambda text: text.replace('"view:staff"', '"../staff"'),
        lambda _: "[]",
        lambda _: "",
        lambda _: "\x00",
        lambda _: "[" * 100_000,
    ],
    ids=[
        "cut", "release", "period", "district", "boolean", "seconds", "id", "slide",
        "list", "empty", "binary", "deep",
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_and_the_others_are_still_read(kept: Rehearsals, damage) -> None:
    good, bad = kept.save(PLAN), kept.save(PLAN)
    path = kept.folder / f"{bad.id}.json"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    listing = kept.all()
    assert listing.rehearsals == (good,)
    assert listing.damaged == (
        f"排练文件 {path.name} 已损坏，没有读入；请从备份恢复，或删除这个文件",
    )
    with pytest.raises(RehearsalError, match="已损坏"):
        kept.get(bad.id)


def test_what_a_crashed_save_left_is_not_read_and_goes_with_the_next(kept: Rehearsals) -> None:
    saved = kept.save(PLAN)
    stray = kept.folder / ".tmp-0123"
    stray.write_text("{", encoding="utf-8")
    assert kept.all().damaged == ()
    kept.save(PLAN)
    assert not stray.exists()
    assert json.loads((kept.folder / f"{saved.id}.json").read_text())["title"] == "市长办公会"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "rehearsals").write_text("not a folder")
    with pytest.raises(RehearsalError, match="排练没有存下来"):
        Rehearsals(tmp_path / "rehearsals").save(PLAN)
