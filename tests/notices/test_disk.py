"""Records on the disk: full, spoiled, misnamed, backed up and restored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lib.notices.folder import Folder, notice_folder
from lib.notices.round import follow, run_round
from lib.settings import data_dir
from lib.store.backup import back_up, restore
from tests.notices.scene import (
    Clock,
    record,
)
from tests.notices.told import HOLDING, go, listening

pytestmark = pytest.mark.usefixtures("own_data")


def test_where_nothing_can_be_written_nothing_is_sent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        follow(notice_folder(), clock)
        full = tmp_path / "full"
        monkeypatch.setattr("lib.store.durable._write", lambda path, content: _disk_full(full))
        with pytest.raises(OSError, match="No space"):
            run_round(clock, clock.pause)
        assert there.asked == 0


def _disk_full(path: Path) -> None:
    raise OSError(28, "No space left on device", str(path))


def test_a_record_somebody_spoiled_is_told_anew_and_named_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    with listening(monkeypatch):
        go(clock)
        path = notice_folder().path / "overdue_city~city~2022H1.json"
        path.write_bytes(path.read_bytes()[:40])
        assert go(clock) == 1
        assert "overdue_city~city~2022H1 的记录读不出来" in capfd.readouterr().err


def test_a_record_under_another_name_is_nobodys(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "notices")
    folder.change(lambda _: [record()])
    (folder.path / "overdue_department~education~2022H1.json").rename(
        folder.path / "overdue_department~health~2022H1.json"
    )
    assert folder.all() == []
    with pytest.raises(KeyError):
        folder.update("../../lake/releases", lambda one: one)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    assert Folder(tmp_path / "notices").all() == []
    assert list(tmp_path.glob("notices")) == []


def test_a_backup_holds_who_was_told_and_a_restore_does_not_set_it_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Clock()
    with listening(monkeypatch) as there:
        follow(notice_folder(), clock)
        back_up(data_dir(), tmp_path / "backup")
        assert len(Folder(tmp_path / "backup" / "notices").all()) == HOLDING
        go(clock)
        restore(tmp_path / "backup", data_dir(), replace=True)
        assert go(clock) == 0
        restore(tmp_path / "backup", tmp_path / "elsewhere")
        monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "elsewhere"))
        assert len(notice_folder().all()) == HOLDING
        assert len(there.lines("新增")) == HOLDING


def test_a_record_the_disk_does_not_give_is_not_begun_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, read = Clock(), Path.read_bytes
    with listening(monkeypatch) as there:
        go(clock)
        asked = there.asked

        def failing(path: Path) -> bytes:
            if path.name == "overdue_city~city~2022H1.json":
                raise OSError(5, "Input/output error")
            return read(path)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", failing)
            with pytest.raises(OSError, match="Input/output"):
                go(clock)
        assert go(clock) == 0
        assert there.asked == asked


def test_who_only_looks_reads_a_record_again_once_it_is_another(tmp_path: Path) -> None:
    folder, one = Folder(tmp_path / "notices"), record()
    folder.change(lambda _: [one])
    (seen,) = folder.all(anew=False)
    assert folder.all(anew=False)[0] is seen == one
    assert folder.all()[0] is not seen
    folder.update(one.key, lambda held: replace(held, sentence="说法变了"))
    assert [held.sentence for held in folder.all(anew=False)] == ["说法变了"]
    next(folder.path.glob("*.json")).unlink()
    assert folder.all(anew=False) == []
