"""Whatever happens to a released file is found, named, and not shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.store.errors import DamagedError
from lib.store.integrity import all_damage, check
from lib.store.lake import Lake
from lib.store.sums import file_sum
from tests.store.harm import KINDS, Harm, build, done, harms, snapshot, users
from tests.store.rows import draft, staff

MORE = draft(("2022H1", "health", 9))
Look = Callable[[Lake], bool]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake that is only read, and put right after every damage."""
    return build(tmp_path_factory.mktemp("integrity"))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake of the test's own."""
    return build(tmp_path)


def files_of(lake: Lake, release_id: str) -> list[Path]:
    """What no earlier release is read from."""
    return [path for path in snapshot(lake) if min(users(lake, path), default="") == release_id]


def rows_of(lake: Lake, release_id: str, table: str = "warnings") -> Path:
    """A file of rows that came with a release."""
    files = [p for p in files_of(lake, release_id) if p.suffix == ".parquet"]
    return next(path for path in files if path.is_relative_to(lake.path / table))


def spoil(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-20] + bytes(20))


def missed(lake: Lake, count: int, look: Look) -> list[Harm]:
    """The damages that a check does not notice."""
    unnoticed = []
    for harm in harms(lake, count):
        with done(harm):
            if not look(Lake(lake.path)):
                unnoticed.append(harm)
    return unnoticed


@pytest.mark.case(69)
def test_200_random_damages_are_all_found_named_and_not_shown(
    published: Lake, record_property: Callable[[str, object], None]
) -> None:
    ids = [release.id for release in published.releases()]
    assert ids == ["R0004", "R0003", "R0002", "R0001"]
    assert all_damage(published) == []
    wrong = []
    tried = harms(published, 200)
    for harm in tried:
        hit = users(published, harm.path)
        with done(harm):
            lake = Lake(published.path)
            found, live = all_damage(lake, rows=False), lake.live()
            name = harm.path.relative_to(lake.path.parent).as_posix()
            named = any(d.file == name and set(d.releases) == hit for d in found)
            whole = next((i for i in ids if i not in hit), None)
            banner = lake.fallback()
            told = banner is not None if "R0004" in hit else banner is None
            if not (named and told and (live and live.id) == whole):
                wrong.append((harm, found, live and live.id))
    assert wrong == []
    assert {harm.kind for harm in tried} == set(KINDS)
    assert len({harm.path for harm in tried}) > 15
    record_property("fault runs", len(tried))
    assert all_damage(published) == []


def by_size(lake: Lake) -> Look:
    """Broken: looks at sizes only."""
    pristine = {path: (path.stat().st_size, file_sum(path)) for path in snapshot(lake)}

    def seen(path: Path) -> str:
        size, digest = pristine[path]
        return digest if path.stat().st_size == size else ""

    return lambda again: any(check(again, r, seen) for r in again.releases())


def by_name(lake: Lake) -> Look:
    """Broken: looks whether the files are there."""
    pristine = {path: file_sum(path) for path in snapshot(lake)}

    def seen(path: Path) -> str:
        path.stat()
        return pristine[path]

    return lambda again: any(check(again, r, seen) for r in again.releases())


def newest_only(_: Lake) -> Look:
    """Broken: looks at the newest release only."""
    return lambda again: bool(check(again, again.releases()[0]))


@pytest.mark.parametrize("broken", [by_size, by_name, newest_only])
@pytest.mark.broken(69)
def test_a_check_that_does_less_misses_some(
    published: Lake, broken: Callable[[Lake], Look]
) -> None:
    assert missed(published, 60, broken(published))


def test_without_sums_the_rows_are_hashed_which_finds_every_wrong_figure_only(
    lake: Lake,
) -> None:
    """An older lake: what its rows' hashes cannot tell is why there are sums."""
    shutil.rmtree(lake.path / "sums")
    lake.look_anew()
    assert all_damage(lake) == []
    for kind in ("cut", "gone"):
        with done(Harm(rows_of(lake, "R0002"), kind, 400)):
            assert lake.live() == lake.release("R0001")
    assert missed(lake, 60, lambda again: bool(all_damage(again)))
    lake.repair()
    assert sorted(p.name for p in (lake.path / "sums").iterdir()) == [
        f"R000{n}.sha256" for n in (1, 2, 3, 4)
    ]
    assert missed(lake, 60, lambda again: bool(all_damage(again))) == []


def test_a_reader_that_asks_again_reads_no_file_again(published: Lake) -> None:
    def read() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    release = published.releases()[0]
    published.look_anew()
    before = read()
    assert published.damage(release) == ()
    first, size = read(), sum(path.stat().st_size for path in snapshot(published)) // 3
    assert first - before > size
    for _ in range(50):
        published.damage(release)
    assert read() - first < 1_000


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.case(69)
def test_a_running_server_notices_what_changes_size_or_time(published: Lake, kind: str) -> None:
    path = rows_of(published, "R0002")
    assert published.live() == published.releases()[0]
    with done(Harm(path, kind, 30), rot=False):
        assert published.live() == published.release("R0001")
    assert published.live() == published.releases()[0]


def test_a_damage_names_file_dataset_period_what_is_wrong_and_who_is_affected(lake: Lake) -> None:
    path = rows_of(lake, "R0002")
    path.unlink()
    name = path.relative_to(lake.path.parent).as_posix()
    (found,) = all_damage(lake)
    assert (found.dataset, found.period, found.file) == ("warnings", "2022H1", name)
    assert str(found) == f"网办预警 2022H1 的数据文件不在了（{name}），影响R0004、R0003、R0002"


def test_a_damaged_original_is_named_and_its_figures_are_shown_all_the_same(lake: Lake) -> None:
    path = lake.uploads.path(lake.releases()[-1].sources[0]["sha256"])
    path.write_bytes(path.read_bytes() + b"x")
    (found,) = all_damage(lake)
    assert str(found).startswith("原件“预警.csv”内容与上传时不同（uploads/")
    assert found.releases == ("R0001",)
    path.unlink()
    assert [damage.problem for damage in all_damage(lake)] == ["不在了"]
    assert lake.live() == lake.releases()[0]
    assert lake.fallback() is None


def test_damaged_sums_are_named_and_do_not_hide_a_release(lake: Lake) -> None:
    path = lake.path / "sums" / "R0004.sha256"
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    (found,) = all_damage(lake)
    assert (found.file, found.releases) == ("lake/sums/R0004.sha256", ("R0004",))
    assert lake.live() == lake.releases()[0]


@pytest.mark.case(69)
def test_nothing_is_published_on_top_of_a_damaged_release_until_it_is_rolled_back(
    lake: Lake,
) -> None:
    waiting = lake.propose([MORE], by="张三", mode="add")
    spoil(rows_of(lake, "R0002"))
    attempts = (
        lambda: lake.publish([MORE], by="张三", mode="add"),
        lambda: lake.propose([MORE], by="张三", mode="add"),
        lambda: lake.publish_proposal(waiting.id, by="张三"),
        lambda: lake.reopen(waiting.id),
    )
    for attempt in attempts:
        with pytest.raises(DamagedError) as refused:
            attempt()
        assert str(refused.value) == (
            "最新版本 R0004 的文件损坏（网办预警 2022H1 的数据文件内容与发布时不同），不能在它上面发布。"
            "请管理员运行 python -m lib verify 查看，用 python -m lib restore 从备份恢复，"
            "或在“快照版本”页回退到完好的版本 R0001"
        )
    assert len(lake.releases()) == 4
    with pytest.raises(DamagedError, match=r"版本 R0003 的文件损坏.*不能回退到它"):
        lake.rollback("R0003", by="张三", note="")
    assert lake.rollback("R0001", by="张三", note="损坏").id == "R0005"
    assert lake.fallback() is None
    made = lake.publish([MORE], by="张三", mode="add")
    assert (made.id, lake.live(), lake.damage(made)) == ("R0006", made, ())


def test_a_lost_release_row_is_not_given_out_again(lake: Lake) -> None:
    (row,) = (p for p in files_of(lake, "R0004") if p.suffix == ".parquet")
    row.unlink()
    assert lake.live() == lake.release("R0003")  # R0004 is still known to this process, and damaged
    lake.look_anew()
    assert (lake.lost(), lake.live()) == (["R0004"], lake.releases()[0])
    with pytest.raises(DamagedError, match="最新版本 R0004 的文件损坏（发布记录读不出来）"):
        lake.publish([MORE], by="张三", mode="add")
    assert lake.rollback("R0003", by="张三", note="").id == "R0005"
    assert lake.live() == lake.releases()[0] == lake.release("R0005")
    assert lake.fallback() is None


def test_a_clean_up_removes_nothing_from_a_damaged_lake(lake: Lake) -> None:
    entry = max((lake.path / "warnings" / "_delta_log").glob("*.json"))
    entry.write_bytes(entry.read_bytes().replace(b"part-", b"port-"))
    before = snapshot(lake)
    assert lake.repair() == []
    assert snapshot(lake) == before


def test_the_newest_row_is_torn_before_its_sums_and_damaged_after(lake: Lake) -> None:
    newest = max((lake.path / "releases" / "_delta_log").glob("*.json"))
    content = newest.read_bytes()
    newest.write_bytes(content[:40])
    assert Lake(lake.path).repair() == []
    assert newest.read_bytes() == content[:40]
    (lake.path / "sums" / "R0004.sha256").unlink()
    assert f"lake/releases/_delta_log/{newest.name}" in Lake(lake.path).repair()


def test_a_proposal_is_damaged_with_its_base_or_by_itself(lake: Lake) -> None:
    made = lake.propose([MORE, staff("2022H1", 8)], by="张三", mode="merge")
    opened = lake.opened(made.id)
    assert opened
    assert lake.damage(opened) == ()
    own = lake.path.parent / "proposals" / made.id / "result/staff/period=2022H1/part.parquet"
    for path in (own, rows_of(lake, "R0002")):
        with done(Harm(path, "cut", 40), rot=False):
            again = lake.opened(made.id)
            assert again
            assert lake.damage(again)
            if path == own:
                with pytest.raises(DamagedError, match=f"{made.id}的文件损坏.*请重新上传"):
                    lake.publish_proposal(made.id, by="张三")
    assert lake.damage(opened) == ()
    assert lake.publish_proposal(made.id, by="张三").id == "R0005"


def test_a_lake_without_a_whole_release_has_none_to_show(lake: Lake) -> None:
    for path in (lake.path / "warnings" / "_delta_log").glob("*.json"):
        spoil(path)
    assert lake.live() is None
    fallen = lake.fallback()
    assert fallen
    assert "也没有更早的完好版本" in fallen.notice("")
    with pytest.raises(DamagedError, match="最新版本 R0004 的文件损坏"):
        lake.publish([MORE], by="张三")
