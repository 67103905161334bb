"""One lake for many servers: over a real S3 server, and over a folder where the way makes no difference."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from streamlit.testing.v1 import AppTest

from lib.audit.folder import month_files
from lib.cli import run, sharing
from lib.settings import data_dir
from lib.store.backup import back_up, restore
from lib.store.comments import CommentError, Comments
from lib.store.copies import refusal
from lib.store.form import FORM
from lib.store.integrity import all_damage
from lib.store.lake import Lake, PublishError
from lib.store.objects import ObjectStore, ObjectStoreError
from lib.store.sharing import Moved, SharingError
from lib.store.sharing import follow as follow_into
from lib.store.sharing import share as share_into
from lib.store.sums import from_text, to_text
from tests.store.harm import build
from tests.store.rows import draft

ROOT = Path(__file__).resolve().parents[2]
RELEASES = ["R0001", "R0002", "R0003", "R0004"]
KEY, SECRET = "tongbao", "keep-this-secret"


@pytest.fixture
def writer(tmp_path: Path) -> Lake:
    """A lake of four releases, the last one rolled back, with an original and a comment."""
    lake = build(tmp_path / "writer")
    say(lake, "已核实")
    return lake


@pytest.fixture
def reader(tmp_path: Path) -> Lake:
    """A lake that is not there yet."""
    return Lake(tmp_path / "reader" / "lake")


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    """A folder that nobody made yet, as a store."""
    return ObjectStore((tmp_path / "store").as_uri())


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket of an S3 server that asks for keys."""
    (tmp_path / "s3" / "tongbao").mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("rclone")
    words = [
        "serve",
        "s3",
        f"--auth-key={KEY},{SECRET}",
        f"--addr=127.0.0.1:{port}",
        "--log-level=ERROR",
    ]
    environment = os.environ | {"RCLONE_CONFIG": os.devnull}
    server = subprocess.Popen([program, *words, str(tmp_path / "s3")], env=environment)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"s3://tongbao/lake?scheme=http&endpoint_override=127.0.0.1:{port}&region=us-east-1"
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < end:
        try:
            urlopen(address, timeout=5).close()
        except HTTPError:
            return  # it answers, and asks who is there
        except OSError:
            time.sleep(0.05)
    pytest.fail("the S3 server did not start")


def share(lake: Lake, store: ObjectStore) -> Moved:
    """What was sent."""
    moved = Moved()
    share_into(lake, store, moved)
    return moved


def follow(store: ObjectStore, lake: Lake) -> Moved:
    """What was fetched."""
    moved = Moved()
    follow_into(store, lake, moved)
    return moved


def say(lake: Lake, text: str) -> None:
    """A comment on the first release."""
    Comments(lake.path).add(
        release="R0001", period="2022H1", rule="r", by="数据科", text=text, about="x"
    )


def held(lake: Lake) -> dict[str, bytes]:
    """What a lake and its originals hold, beside locks and the note that it is a copy."""
    data = lake.path.parent
    found = [p for f in ("lake", "uploads") for p in (data / f).rglob("*") if p.is_file()]
    kept = (p for p in found if p.name not in (".lock", "COPY"))
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in kept}


def test_over_s3_a_copy_is_the_same_to_the_byte(writer: Lake, reader: Lake, bucket: str) -> None:
    store = ObjectStore(bucket)
    sent = share(writer, store)
    assert sent.releases == RELEASES
    assert len(store.sizes()) == sent.files
    assert sum(store.sizes().values()) == sent.size
    got = follow(ObjectStore(bucket), reader)
    assert got.releases == RELEASES
    assert held(reader) == held(writer)
    assert [r.id for r in reader.releases()] == RELEASES[::-1]
    assert all_damage(reader) == []


def test_wrong_keys_are_refused(writer: Lake, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong-secret")
    with pytest.raises(SharingError, match="没有送完：“s3://tongbao/lake”读写不了"):
        share(writer, ObjectStore(bucket))


def test_a_store_that_is_away_is_said(
    writer: Lake, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{nobody.getsockname()[1]}", bucket)
        with pytest.raises(SharingError, match="读写不了，请检查网络、地址和密钥"):
            share(writer, ObjectStore(away))


def test_only_what_is_new_is_moved(writer: Lake, reader: Lake, store: ObjectStore) -> None:
    share(writer, store)
    follow(store, reader)
    assert share(writer, store) == follow(store, reader) == Moved()
    writer.publish([draft(("2022H1", "health", 9))], by="张三", mode="add")
    # One table's rows and log entry, the release's row and entry, its sums.
    assert (share(writer, store).files, follow(store, reader).releases) == (5, ["R0005"])
    say(writer, "又核实了")
    assert share(writer, store).files == follow(store, reader).files == 1
    assert held(reader) == held(writer)


def test_a_copy_is_only_looked_at(writer: Lake, reader: Lake, store: ObjectStore) -> None:
    share(writer, store)
    follow(store, reader)
    before = held(reader)
    why = r"这里的数据是从 file:///.*/store 取来的副本（最近一次取数：.*），只供查看；请到发布数据的那台服务器上操作"
    acts: list[Callable[[], object]] = [
        lambda: reader.publish([draft(("2022H1", "health", 9))], by="张三"),
        lambda: reader.propose([draft(("2022H1", "health", 9))], by="张三"),
        lambda: reader.rollback("R0001", by="张三", note=""),
        reader.repair,
        reader.workspace().__enter__,
    ]
    for act in acts:
        with pytest.raises(PublishError, match=why):
            act()
    with pytest.raises(CommentError, match=why):
        say(reader, "不在这里写")
    with pytest.raises(SharingError, match=f"没有送：{why}"):
        share(reader, store)
    assert held(reader) == before
    (reader.path / "COPY").unlink()  # the writer is lost: this is where to publish now
    assert reader.publish([draft(("2022H1", "health", 9))], by="张三", mode="add").id == "R0005"
    assert share(reader, store).releases == ["R0005"]


@pytest.mark.parametrize("page", ["upload", "releases", "verify"])
def test_pages_of_a_copy_say_so(
    page: str, data_folder: Path, writer: Lake, reader: Lake, store: ObjectStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # 快照版本 has something to go back to; the other pages want all the shipped figures.
    share(writer if page == "releases" else Lake(data_folder / "lake"), store)
    follow(store, reader)
    monkeypatch.setenv("TONGBAO_DATA", str(reader.path.parent))
    app = AppTest.from_file(ROOT / "lib" / "shell.py", default_timeout=60).run()
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    shown = [info.value for info in app.info]
    assert any("只供查看；请到发布数据的那台服务器上操作" in said for said in shown), shown


def test_what_is_cut_off_is_not_seen_and_goes_on(
    writer: Lake, reader: Lake, store: ObjectStore, tmp_path: Path
) -> None:
    share(writer, store)
    first = writer.periods_of(writer.releases()[-1], "staff")["2022H1"][0]
    kept = tmp_path / "store" / Path(first).relative_to(writer.path.parent)
    content = kept.read_bytes()
    kept.write_bytes(content[:-1] + b"!")
    for problem in (
        f"{kept.name} 损坏了，与发布时不同",
        f"里没有 .*{kept.name}；请在发布的服务器上",
    ):
        with pytest.raises(SharingError, match=problem):
            follow(store, reader)
        assert reader.releases() == []
        assert not [path for path in reader.path.parent.rglob(".tmp-*") if path.is_file()]
        kept.unlink(missing_ok=True)
    stray = reader.path / ".tmp-0"  # of a process that was killed
    stray.write_bytes(b"x")
    assert share(writer, store) == Moved([], 1, len(content))  # what went missing there
    assert follow(store, reader).releases == RELEASES
    assert held(reader) == held(writer)


def test_what_is_sent_half_is_not_seen(writer: Lake, reader: Lake, store: ObjectStore) -> None:
    share(writer, store)
    folder = Path(store.shown.removeprefix("file://"))
    (folder / "lake/sums/R0004.sha256").unlink()
    entry = max((folder / "lake/releases/_delta_log").glob("*.json"))
    entry.write_bytes(entry.read_bytes()[:-5])
    assert follow(store, reader).releases == RELEASES[:3]
    assert reader.releases()[0].id == "R0003"
    assert all_damage(reader) == []
    sent = share(writer, store)
    assert (sent.releases, sent.files) == (["R0004"], 2)
    assert follow(store, reader).releases == ["R0004"]
    assert held(reader) == held(writer)


def test_lakes_are_never_mixed(
    writer: Lake, reader: Lake, store: ObjectStore, tmp_path: Path
) -> None:
    share(writer, store)
    before = store.sizes()
    other = build(tmp_path / "other")
    mine = held(other)
    with pytest.raises(SharingError, match=r"这里的 R0004 与“file://.*”里的不是同一个版本"):
        share(other, store)
    for alike in (other, writer):  # neither is a copy, and must not become one
        with pytest.raises(SharingError, match=r"没有取：这里有自己发布的 R0004，不是副本"):
            follow(store, alike)
        assert not (alike.path / "COPY").exists()
    other.publish([draft(("2022H1", "health", 9))], by="张三", mode="add")
    (other.path / "COPY").write_text("file:///store\n", encoding="utf-8")
    with pytest.raises(SharingError, match=r"没有取：这里有“file://.*”没有的版本 R0005"):
        follow(store, other)
    (other.path / "COPY").unlink()
    with pytest.raises(SharingError, match=r"没有送：“file://.*”里的 R0004 这里没有"):
        share(reader, store)
    assert store.sizes() == before
    assert not reader.path.exists()
    assert {name: held(other)[name] for name in mine} == mine
    assert not (other.path / "COPY").exists()


@pytest.mark.parametrize(
    "name", ["../../outside", "../../../etc/x", "/etc/x", "../access/x", "a\\..\\b", ".lock"]
)
def test_a_name_that_leads_elsewhere_is_refused(
    name: str, writer: Lake, reader: Lake, store: ObjectStore
) -> None:
    share(writer, store)
    sums = Path(store.shown.removeprefix("file://")) / "lake/sums/R0001.sha256"
    sums.write_bytes(to_text(from_text(sums.read_bytes()) | {name: "0" * 64}))
    with pytest.raises(SharingError, match=r"校验清单里的文件名“.*”不对，没有取"):
        follow(store, reader)
    assert reader.releases() == []


def test_damage_and_a_newer_form_stay_where_they_are(
    writer: Lake, reader: Lake, store: ObjectStore
) -> None:
    share(writer, store)
    form = Path(store.shown.removeprefix("file://")) / "lake" / "FORM"
    form.write_text(f"{FORM + 1}\n")
    with pytest.raises(SharingError, match="由更新版本的程序写过"):
        follow(store, reader)
    assert not reader.path.exists()
    shutil.rmtree(form.parent.parent)
    with pytest.raises(SharingError, match="还没有任何版本"):
        follow(store, reader)
    rows = next(writer.path.glob("staff/period=*/*.parquet"))
    rows.write_bytes(rows.read_bytes()[:-1])
    with pytest.raises(SharingError, match=r"的文件损坏（.*），没有送出"):
        share(writer, store)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "s3:/",
        "nowhere",
        "s3://",
        "/mnt/x",
        "file:///",
        f"s3://{KEY}:{SECRET}@b/x",
        f"s3://a/{SECRET}@b",
    ],
)
def test_an_address_that_is_none_is_said_and_not_repeated(address: str) -> None:
    with pytest.raises(ObjectStoreError, match="用不了这个地址，应像 s3://桶/文件夹") as refused:
        ObjectStore(address)
    assert SECRET not in str(refused.value)


def test_a_kind_of_store_that_nobody_knows_is_said(writer: Lake) -> None:
    with pytest.raises(SharingError, match="没有送完：用不了地址“ftp://a/b”，应像 s3://桶"):
        share(writer, ObjectStore("ftp://a/b"))


def test_what_is_damaged_in_a_copy_is_fetched_again(
    writer: Lake, reader: Lake, store: ObjectStore
) -> None:
    share(writer, store)
    follow(store, reader)
    whole = held(reader)
    for pattern in (
        "staff/period=*/*.parquet",
        "releases/*.parquet",
        "releases/_delta_log/*2.json",
    ):
        harmed = max(reader.path.glob(pattern))
        harmed.write_bytes(harmed.read_bytes()[:-2] + b"!!")
        reader.look_anew()
        assert reader.fallback() or reader.lost() or all_damage(reader)
        assert follow(store, reader).files > 1
        assert held(reader) == whole
        assert all_damage(reader) == []


def test_a_copy_says_when_it_was_last_up_to_date_and_is_sealed_where_it_was_not(
    writer: Lake, reader: Lake, store: ObjectStore
) -> None:
    share(writer, store)
    follow(store, reader)
    os.utime(reader.path / "COPY", (60, 60))
    assert "最近一次取数：1970-01-01 08:01" in refusal(reader.path)
    (reader.path / "sums" / "R0004.sha256").unlink()  # killed before its last step
    assert follow(store, reader).releases == ["R0004"]
    assert "1970" not in refusal(reader.path)
    assert held(reader) == held(writer)


def test_what_a_publish_that_failed_left_in_the_store_is_sent_over(
    writer: Lake, reader: Lake, store: ObjectStore
) -> None:
    writer.publish([draft(("2022H1", "health", 9))], by="张三", mode="add")
    share(writer, store)
    folder = Path(store.shown.removeprefix("file://"))
    sums = folder / "lake/sums/R0005.sha256"
    for cut in (b"", sums.read_bytes()[:-9]):  # a power cut while it was sent
        sums.write_bytes(cut)
        assert share(writer, store).releases == ["R0005"]
    sums.unlink()
    entry = max((folder / "lake/releases/_delta_log").glob("*.json"))
    entry.write_bytes(entry.read_bytes()[:-2] + b"!!")  # of another R0005, as long as this one
    assert share(writer, store).releases == ["R0005"]
    follow(store, reader)
    assert held(reader) == held(writer)


def test_what_an_unsealed_lake_says(writer: Lake, store: ObjectStore) -> None:
    sums = writer.path / "sums" / "R0004.sha256"
    content = sums.read_bytes()
    sums.unlink()
    moved = Moved()
    with pytest.raises(SharingError, match="R0004 还没有完好的校验清单，没有送出；请稍后再试"):
        share_into(writer, store, moved)
    assert moved.releases == RELEASES[:3]
    (writer.path / "FORM").unlink()  # an older lake
    writer.repair()
    assert sums.read_bytes() == content
    (writer.path / "FORM").unlink()
    assert share(writer, store).releases == ["R0004"]


def test_whether_a_lake_is_a_copy_is_not_restored(
    writer: Lake, reader: Lake, store: ObjectStore, tmp_path: Path
) -> None:
    share(writer, store)
    follow(store, reader)
    for lake in (writer, reader):
        back_up(lake.path.parent, tmp_path / f"{lake.path.parent.name}.tar")
    restore(tmp_path / "reader.tar", writer.path.parent, replace=True)
    restore(tmp_path / "writer.tar", reader.path.parent, replace=True)
    assert not (writer.path / "COPY").exists()
    assert "（还没有取全）" in refusal(reader.path)  # the backup may be an old one


def test_the_command_line(
    tmp_path: Path,
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = (tmp_path / "store").as_uri()

    def told(*words: str) -> tuple[int | str, str, str]:
        with pytest.raises(SystemExit) as ended:
            run(words)
        return ended.value.code or 0, *capsys.readouterr()

    code, out, _ = told("share", address)
    assert (code, out.partition("\t")[0]) == (0, "已送出 R0001")
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "copy"))
    assert told("follow", address)[1].startswith("已取来 R0001\t")
    assert told("follow", address)[1] == "没有新的版本\n"
    assert told("metric", "overdue_count")[0] == 0
    code, _, wrong = told("seed")
    assert code == 2
    assert "只供查看；请到发布数据的那台服务器上操作" in wrong
    code, _, wrong = told("follow", (tmp_path / "empty").as_uri())
    assert code == 2
    assert "还没有任何版本，请先在发布的服务器上运行 share" in wrong
    code, _, wrong = told("follow", "nowhere")
    assert code == 2
    assert wrong.startswith("错误：用不了这个地址，")


def test_again_and_again_until_it_is_stopped(
    tmp_path: Path,
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = (tmp_path / "store").as_uri()
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "copy"))
    rounds = []

    def sleep(seconds: float) -> None:
        rounds.append((seconds, *capsys.readouterr()))
        if len(rounds) == 1:
            share(Lake(data_folder / "lake"), ObjectStore(address))
        if len(rounds) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(sharing, "time", SimpleNamespace(sleep=sleep))
    with pytest.raises(SystemExit) as ended:
        run(["follow", address, "--every", "30"])
    assert ended.value.code == 130
    (_, nothing, why), (_, got, fine), (_, quiet, well) = rounds
    assert (nothing, fine, quiet, well) == ("", "", "", "")
    assert "还没有任何版本" in why
    assert got.startswith("已取来 R0001\t")
    notes = "".join(path.read_text("utf-8") for path in month_files(data_dir() / "audit"))
    assert notes.count("已取来") == 1
    assert f"已取来 R0001（{address}）" in notes
