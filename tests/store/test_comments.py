"""Comments stay with their release, whoever writes at the same time and whatever a crash left."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lib.store.comments import BY_LIMIT, TEXT_LIMIT, Comment, CommentError, Comments
from lib.store.lake import Lake
from tests.store.rows import draft

ROOT = Path(__file__).parents[2]
SUM = "不一致｜200个｜201个｜35＋25＝201"
WRITER = """
import sys
from pathlib import Path
from lib.store.comments import Comments
for n in range(int(sys.argv[3])):
    Comments(Path(sys.argv[1])).add(
        release="R0001", period="2022H1", rule="points_sum", by="值班岗", text=f"{sys.argv[2]}-{n}", about=""
    )
"""


@pytest.fixture
def comments(tmp_path: Path) -> Comments:
    return Comments(tmp_path / "lake")


def add(comments: Comments, text: str, **other: str) -> Comment:
    asked = {"release": "R0001", "period": "2022H1", "rule": "points_sum", "by": "数据科值班岗"}
    return comments.add(**{**asked, "about": SUM, **other}, text=text)


def texts(comments: Comments, *releases: str) -> list[str]:
    return [comment.text for comment in comments.of(releases or ("R0001",), "2022H1")]


def test_a_comment_is_read_back_whole_after_reopening(comments: Comments) -> None:
    before = dt.datetime.now(dt.UTC)
    made = add(comments, " 合计多1个，\n请各区核对“便利站”｜口径 ")
    assert made == Comment(
        "R0001", "2022H1", "points_sum", made.at, "数据科值班岗",
        "合计多1个，\n请各区核对“便利站”｜口径", SUM,
    )  # fmt: skip
    assert before <= made.at <= dt.datetime.now(dt.UTC)
    again = Comments(comments.folder.parent)
    assert again.of(("R0001",), "2022H1") == (made,)
    assert again.of(("R0001",), "2022H2") == again.of(("R0002",), "2022H1") == ()
    assert again.unreadable("R0001") == again.unreadable("R0002") == 0


def test_nothing_is_made_by_reading(comments: Comments) -> None:
    assert comments.of(("R0001",), "2022H1") == ()
    assert not comments.folder.exists()


@pytest.mark.parametrize(
    ("by", "text", "sentence"),
    [
        ("", "请核对", "请填写岗位和意见"),
        ("值班岗", "  ", "请填写岗位和意见"),
        ("值班岗", "长" * (TEXT_LIMIT + 1), f"意见最多{TEXT_LIMIT}字"),
        ("岗" * (BY_LIMIT + 1), "请核对", f"岗位最多{BY_LIMIT}字"),
        ("值班岗", "请打13912345678问", "不要写姓名、电话或身份证号"),
        ("值班岗", "身份证320402199001011234", "不要写姓名、电话或身份证号"),
        ("填表人：王小明", "请核对", "不要写姓名、电话或身份证号"),
    ],
)
def test_what_may_not_be_kept_is_refused_in_a_sentence(comments, by, text, sentence) -> None:
    with pytest.raises(CommentError, match=sentence):
        add(comments, text, by=by)
    assert not comments.folder.exists()


@pytest.mark.parametrize(
    "text",
    [
        "公报写200个，七区合计201个，多出的1个待武进区核对",
        "89.17%的分母未注明，930÷1029＝90.38%，请审改科核对",
        "200万元为全年安排，10个镇（街道）每个10万元为首批",
        "数据推送25472条、入库25472条，已核对2022-06-30的台账",
    ],
)
def test_ordinary_figures_in_a_comment_are_not_taken_for_private_numbers(comments, text) -> None:
    add(comments, text)
    assert texts(comments) == [text]


def test_a_preview_takes_no_comments(comments: Comments) -> None:
    for name in ("P220808-a1b2c3", "../R0001", ""):
        with pytest.raises(CommentError, match="还没有发布"):
            add(comments, "请核对", release=name)


def test_threads_and_processes_writing_at_once_lose_nothing(comments: Comments) -> None:
    lake = str(comments.folder.parent)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, lake, f"进程{n}", "15"], cwd=ROOT)
        for n in range(3)
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: add(Comments(Path(lake)), f"线程-{n}"), range(20)))
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    wanted = {f"进程{n}-{i}" for n in range(3) for i in range(15)} | {
        f"线程-{n}" for n in range(20)
    }
    assert sorted(texts(comments)) == sorted(wanted)
    assert comments.unreadable("R0001") == 0


@pytest.mark.parametrize("cut", [1, 2, 40, 41, 42, -1])
def test_a_line_a_crash_left_unfinished_is_counted_and_hides_no_other(
    comments: Comments, cut: int
) -> None:
    add(comments, "第一条")
    path = comments.folder / "R0001.jsonl"
    whole = path.read_bytes()
    add(comments, "没有写完的一条")
    half = path.read_bytes()[len(whole) :][:cut]
    path.write_bytes(whole + half)
    # Without only its line end a comment is whole.
    kept = ["没有写完的一条"] if cut == -1 else []
    torn = 0 if cut == -1 else 1
    assert (texts(comments), comments.unreadable("R0001")) == (["第一条", *kept], torn)
    add(comments, "第三条")
    assert texts(comments) == ["第一条", *kept, "第三条"]
    assert comments.unreadable("R0001") == torn
    assert path.read_bytes().startswith(whole + half)


def test_comments_that_cannot_be_written_are_said_so(comments: Comments) -> None:
    comments.folder.parent.mkdir()
    comments.folder.write_text("a file where the folder should be")
    with pytest.raises(CommentError, match="意见没有存上"):
        add(comments, "请核对")


def test_a_newer_release_shows_earlier_comments_only_on_an_unchanged_outcome(
    comments: Comments,
) -> None:
    add(comments, "旧版本的意见")
    add(comments, "另一期的", period="2021H2")
    add(comments, "已解决的", rule="xinbei_fund", about="不一致｜200万元｜100万元｜10×10万")
    add(comments, "新版本的意见", release="R0003", about="不一致｜200个｜202个｜36＋25＝202")
    abouts = {"points_sum": SUM, "xinbei_fund": "一致｜100万元｜100万元｜10×10万"}

    def standing(release: str, *earlier: str) -> list[tuple[str, str]]:
        found = comments.standing(release, earlier, "2022H1", abouts)
        return [(c.release, c.text) for told in found.values() for c in told]

    assert standing("R0001") == [("R0001", "旧版本的意见"), ("R0001", "已解决的")]
    assert standing("R0002", "R0001") == [("R0001", "旧版本的意见")]
    assert standing("R0003", "R0001", "R0002") == [
        ("R0001", "旧版本的意见"),
        ("R0003", "新版本的意见"),
    ]


def test_publishing_rolling_back_and_repairing_leave_the_comments_alone(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    lake.publish([draft(("2022H1", "education", 1))], by="初")
    comments = Comments(lake.path)
    made = add(comments, "请核对")
    lake.publish([draft(("2022H1", "education", 2))], by="再")
    lake.rollback("R0001", by="值班岗", note="回退")
    assert lake.repair() == []
    assert comments.of(("R0001",), "2022H1") == (made,)
