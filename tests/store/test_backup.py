"""The restore drill, and what a backup refuses."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from lib.store.backup import MANIFEST, BackupError, Outcome, back_up, restore
from lib.store.comments import Comments
from lib.store.integrity import all_damage
from lib.store.lake import Lake
from lib.store.rehearsals import Planned, Rehearsal, Rehearsals
from lib.store.senders import Senders
from lib.store.templates import OwnWording
from tests.store.harm import build, snapshot
from tests.store.rows import draft

MORE = draft(("2022H1", "health", 9))
TARGETS = ("backup.tar", "backup")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with something of every kind in it."""
    data = tmp_path / "data"
    lake = build(data)
    lake.propose([MORE], by="张三", mode="add")
    Comments(lake.path).add(
        release="R0001", period="2022H1", rule="r", by="数据科", text="已核实", about="x"
    )
    planned = (Planned("cover", "先讲超期"),)
    Rehearsals(data / "rehearsals").save(
        Rehearsal("会", "R0001", "2022H1", (), (), planned, "数据科")
    )
    Senders(data / "senders").remember("education", {"column:件数": "warning"})
    OwnWording(data / "templates", ("中文.txt",)).save("中文.txt", "一、")
    (data / ".tmp-0").mkdir()
    (data / ".tmp-0" / "half").write_bytes(b"x")
    return data


def contents(data: Path) -> dict[str, bytes]:
    """What is worth keeping of a data folder."""
    found = (p for p in data.rglob("*") if p.is_file() and p.name != ".lock")
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in found if ".tmp-" not in str(p)}


@pytest.mark.parametrize("target", TARGETS)
def test_the_drill_a_lost_folder_comes_back_as_it_was(
    data: Path, tmp_path: Path, target: str
) -> None:
    before = contents(data)
    kept = back_up(data, tmp_path / "store" / target)
    assert (kept.files, kept.release, kept.damage) == (len(before), "R0004", ())
    shutil.rmtree(data)
    back = restore(kept.path, data)
    assert (back.files, back.release, back.damage, back.aside) == (len(before), "R0004", (), None)
    assert contents(data) == before
    assert {name.partition("/")[0] for name in before} == {
        "lake", "uploads", "proposals", "rehearsals", "senders", "templates"
    }  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == [target]
    lake = Lake(data / "lake")
    assert all_damage(lake) == []
    assert lake.publish_proposal(lake.proposals()[0].id, by="张三").id == "R0005"


def test_a_damaged_folder_is_put_right_and_kept_aside(data: Path, tmp_path: Path) -> None:
    kept = back_up(data, tmp_path / "backup.tar")
    whole = contents(data)
    damaged = snapshot(Lake(data / "lake"))[-1]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    broken = contents(data)
    with pytest.raises(BackupError, match="已有内容，没有覆盖；确要替换请加 --replace"):
        restore(kept.path, data)
    assert contents(data) == broken
    back = restore(kept.path, data, replace=True)
    assert contents(data) == whole
    assert back.aside
    assert contents(back.aside) == broken


def test_the_shipped_figures_stay_in_a_folder_that_is_replaced(data: Path, tmp_path: Path) -> None:
    kept = back_up(data, tmp_path / "backup.tar")
    fresh = tmp_path / "fresh"
    (fresh / "bulletins" / "2022H1").mkdir(parents=True)
    (fresh / "bulletins" / "2022H1" / "staff.csv").write_text("期次")
    restore(kept.path, fresh, replace=True)
    assert contents(fresh) == contents(data) | {"bulletins/2022H1/staff.csv": "期次".encode()}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def in_folder(backup: Path) -> Path:
    return next((backup / "lake" / "warnings").rglob("*.parquet"))


HARMED: dict[str, Callable[[Path], object]] = {
    "rows": lambda b: flip(in_folder(b)),
    "gone": lambda b: in_folder(b).unlink(),
    "more": lambda b: (b / "lake" / "more.json").write_text("{}"),
    "manifest": lambda b: flip(b / MANIFEST),
    "no manifest": lambda b: (b / MANIFEST).unlink(),
}
SAID = {
    "rows": "备份已损坏：.*内容变了",
    "gone": "备份已损坏：.*不在了",
    "more": "备份已损坏：lake/more.json 不在清单里",
    "manifest": "备份的校验清单已损坏",
    "no manifest": "备份里没有清单 SHA256SUMS",
}


@pytest.mark.parametrize("harm", HARMED)
def test_a_damaged_backup_is_refused_and_nothing_changes(
    data: Path, tmp_path: Path, harm: str
) -> None:
    kept = back_up(data, tmp_path / "backup")
    HARMED[harm](kept.path)
    before = contents(data)
    with pytest.raises(BackupError, match=SAID[harm]):
        restore(kept.path, data, replace=True)
    assert contents(data) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup", "data"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_cut_tar_is_refused(data: Path, tmp_path: Path, share: float) -> None:
    kept = back_up(data, tmp_path / "backup.tar")
    content = kept.path.read_bytes()
    kept.path.write_bytes(content[: int(len(content.rstrip(b"\0")) * share)])
    with pytest.raises(BackupError, match="备份"):
        restore(kept.path, tmp_path / "new")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.tar", "data"]


def test_names_that_lead_out_of_the_folder_are_refused(data: Path, tmp_path: Path) -> None:
    import tarfile

    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as tar:
        tar.add(snapshot(Lake(data / "lake"))[0], "../out.parquet")
    with pytest.raises(BackupError, match=r"“\.\./out\.parquet”不是备份写的"):
        restore(evil, tmp_path / "new")
    assert not (tmp_path / "out.parquet").exists()


def test_what_cannot_be_backed_up_is_said(data: Path, tmp_path: Path) -> None:
    (tmp_path / "held.tar").write_bytes(b"")
    for target, sentence in (
        (tmp_path / "held.tar", "已经存在，没有覆盖"),
        (data / "backup", "备份不能放在数据文件夹"),
    ):
        with pytest.raises(BackupError, match=sentence):
            back_up(data, target)
    with pytest.raises(BackupError, match="还没有任何数据版本"):
        back_up(tmp_path / "nothing", tmp_path / "x.tar")
    with pytest.raises(BackupError, match="没有备份"):
        restore(tmp_path / "x.tar", tmp_path / "new")


def test_a_damaged_lake_is_backed_up_and_restored_as_far_as_it_is_whole(
    data: Path, tmp_path: Path
) -> None:
    lake = Lake(data / "lake")
    newest = set(lake.files(lake.release("R0003"))["staff"])  # type: ignore[arg-type]
    (changed,) = newest - set(lake.files(lake.release("R0001"))["staff"])  # type: ignore[arg-type]
    flip(Path(changed))
    kept = back_up(data, tmp_path / "backup.tar")
    assert [damage.releases for damage in kept.damage] == [("R0003",)]
    back = restore(kept.path, tmp_path / "new")
    assert [damage.releases for damage in back.damage] == [("R0003",)]
    assert back.release == "R0004"


def test_a_backup_with_nothing_whole_in_it_is_refused(data: Path, tmp_path: Path) -> None:
    for path in (data / "lake" / "warnings" / "_delta_log").glob("*.json"):
        flip(path)
    kept = back_up(data, tmp_path / "backup.tar")
    assert kept.release == ""
    with pytest.raises(BackupError, match="备份里没有一个完好的版本"):
        restore(kept.path, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_waits_for_a_publish_and_holds_up_the_next(data: Path, tmp_path: Path) -> None:
    made: list[Outcome] = []
    backup = threading.Thread(target=lambda: made.append(back_up(data, tmp_path / "backup.tar")))
    with FileLock(data / "lake" / ".lock"):
        backup.start()
        backup.join(0.4)
        assert not made
    backup.join(20)
    assert made[0].release == "R0004"


def test_backups_made_while_others_publish_are_each_whole(data: Path, tmp_path: Path) -> None:
    lake, ended = Lake(data / "lake"), threading.Event()

    def publish() -> None:
        for count in range(10, 200):
            if ended.wait(0.2):
                return
            lake.publish([draft(("2022H1", "education", count))], by="张三", mode="merge")

    publisher = threading.Thread(target=publish)
    publisher.start()
    made = []
    try:
        for name in ("1.tar", "2", "3.tar"):
            held = len(lake.releases())
            while len(lake.releases()) == held:
                ended.wait(0.005)
            made.append(back_up(data, tmp_path / name))
    finally:
        ended.set()
        publisher.join()
    for number, kept in enumerate(made):
        back = restore(kept.path, tmp_path / f"back-{number}")
        assert (back.damage, back.release) == ((), kept.release)
        assert Lake(tmp_path / f"back-{number}" / "lake").fallback() is None
    assert "R0004" < made[0].release < made[1].release < made[2].release


def test_what_was_moved_aside_says_when(data: Path, tmp_path: Path) -> None:
    back = restore(back_up(data, tmp_path / "b.tar").path, data, replace=True)
    assert back.aside
    when = dt.datetime.strptime(back.aside.name, "data.replaced-%Y%m%d-%H%M%S")
    assert abs(when - dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).replace(tzinfo=None)) < (
        dt.timedelta(minutes=5)
    )


def test_sign_ins_are_not_backed_up_and_a_restore_sets_no_log_or_role_back(
    data: Path, tmp_path: Path
) -> None:
    for name, text in (
        ("audit/2026-11.jsonl", "1"),
        ("access/sign-ins.sqlite", "1"),
        ("people.toml", "1"),
    ):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text(text)
    kept = back_up(data, tmp_path / "kept").path
    assert not (kept / "access").exists()
    for name in ("audit/2026-11.jsonl", "access/sign-ins.sqlite", "people.toml"):
        (data / name).write_text("2")
    restore(kept, data, replace=True)
    for name in ("audit/2026-11.jsonl", "access/sign-ins.sqlite", "people.toml"):
        assert (data / name).read_text() == "2"


def test_a_backup_waits_for_the_audit_log(data: Path, tmp_path: Path) -> None:
    (data / "audit").mkdir()
    lock = FileLock(data / "audit" / ".lock")
    made: list[Outcome] = []
    with lock:
        thread = threading.Thread(target=lambda: made.append(back_up(data, tmp_path / "kept")))
        thread.start()
        thread.join(0.5)
        assert made == []
    thread.join(30)
    assert len(made) == 1


@pytest.mark.parametrize("target", TARGETS)
def test_secrets_stay_where_they_are_and_a_file_is_for_its_owner_alone(
    data: Path, tmp_path: Path, target: str
) -> None:
    secrets = data / "secrets.toml"
    secrets.write_text("old")
    kept = back_up(data, tmp_path / target).path
    if kept.is_file():
        assert kept.stat().st_mode & 0o777 == 0o600
    restore(kept, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / "secrets.toml").exists()
    secrets.write_text("new")
    secrets.chmod(0o600)
    restore(kept, data, replace=True)
    assert (secrets.read_text(), secrets.stat().st_mode & 0o777) == ("new", 0o600)
