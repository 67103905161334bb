"""What people are told when something is wrong, as a set: whole sentences, what to do, one word for one thing.

Read from the sources. An error's text is a fragment; whoever shows it ends it with a full stop, by
`markup.sentence`, `cli.common.fail` or in words of its own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [*sorted((ROOT / "lib").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
SHOWN = [
    *(ROOT / "lib").rglob("*.js"), *(ROOT / "lib").rglob("*.html"), *(ROOT / "lib" / "bulletin").rglob("*.txt"),
]  # fmt: skip
HAN = re.compile("[一-鿿]")
# Their texts are fragments: the place of the text among the arguments.
FRAGMENTS = {
    "AuditError": 0, "BackupError": 0, "CommentError": 0, "DamagedError": 0, "PeopleError": 0, "PublishError": 0,
    "RehearsalError": 0, "StaleProposalError": 0, "WordingNotKeptError": 0, "RefusedFile": 1, "Issue": 2, "fail": 0,
}  # fmt: skip
# What is shown as it is: a whole sentence.
SENTENCES = {
    "error": 0,
    "warning": 0,
    "info": 0,
    "success": 0,
    "empty": 0,
    "DeniedError": 0,
    "sorry": 0,
    "_refused": 0,
}
ENDS = ("。", "？", "）")
# What is not said, and what is said instead.
WORDS = {
    "时期": "期次", "数据目录": "数据文件夹", "比对": "比较", "保存的原件": "留存的原件", "原始文件": "原件",
    "解析": "读", "进程": "程序", "线程": "", "字段": "列", "缓存": "", "异常": "说明哪里不对", "无效": "不是…",
    "非法": "不是…", "哈希": "指纹", "堆栈": "", "报错": "", "登陆": "登录", "帐号": "账号", "NUL": "空字符",
    "抱歉": "", "您的错误": "", "Traceback": "", "Exception": "",
}  # fmt: skip


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def end(node: ast.expr) -> str | None:
    """How a text ends, where its end is written out and Chinese; None where it is made elsewhere."""
    if isinstance(node, ast.Call) and called(node) in ("plain", "sentence") and node.args:
        return "。" if called(node) == "sentence" else end(node.args[0])
    if isinstance(node, ast.JoinedStr):
        node = node.values[-1]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value):
        return node.value[-1]
    return None


def ends(names: dict[str, int], path: Path) -> Iterator[tuple[int, str]]:
    """Line and last character of what is said by any of these calls."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and called(node) in names:
            at = names[called(node)]
            if len(node.args) > at and (last := end(node.args[at])):
                yield node.lineno, last


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_errors_leave_the_full_stop_to_who_shows_them(path: Path) -> None:
    assert [line for line, last in ends(FRAGMENTS, path) if last in "。.！!，、；："] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_shown_is_a_whole_sentence(path: Path) -> None:
    assert [line for line, last in ends(SENTENCES, path) if last not in ENDS] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_error_is_never_shown_as_it_is(path: Path) -> None:
    bare = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node) in ("error", "warning", "info")
        and node.args
        and re.search(r"plain\(str\(\w+\)\)", ast.unparse(node.args[0]))
    ]
    assert bare == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_blocks_says_what_to_do(path: Path) -> None:
    """A file that is refused, a problem that blocks: with a fix, or with a question that is asked."""
    silent = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            (called(node) == "RefusedFile" and len(node.args) < 3)
            or (
                called(node) == "Issue"
                and ast.unparse(node.args[1:2]) == "'阻断'"
                and len(node.args) < 4
                and not {"fix", "question"} & {word.arg for word in node.keywords}
            )
        )
    ]
    assert silent == []


def said(path: Path) -> Iterator[str]:
    """The Chinese texts of a source that people may see; docstrings only of commands."""
    texts = [
        n for n in ast.walk(tree(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    remarks = {
        id(node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and path.parent.name != "cli"
    }
    for text in texts:
        if id(text) not in remarks and HAN.search(text.value):
            yield text.value


def test_one_thing_has_one_name_and_no_word_is_of_the_workshop() -> None:
    texts = [(path, text) for path in SOURCES for text in said(path)]
    texts += [(path, path.read_text(encoding="utf-8")) for path in SHOWN]
    found = {
        (path.name, word, instead)
        for path, text in texts
        for word, instead in WORDS.items()
        if word in text
    }
    assert found == set()
