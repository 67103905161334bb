"""A call that is not understood is answered in Chinese, and says where its use is told."""

from __future__ import annotations

import re
import shlex

import pytest

from lib.cli import run

CALLS = {
    "nix": "没有命令“nix”；用法见 python -m lib --help",
    "publis": "没有命令“publis”，是不是 publish；",
    "reconcile --nix": "没有选项“--nix”；用法见 python -m lib reconcile --help",
    "reconcile --perio 2022H1": "没有选项“--perio”，是不是 --period；",
    "reconcile --period": "选项“--period”后面没有写值；",
    "reconcile --json=1": "选项“--json”后面不能写值；",
    "reconcile 2022H1 2021H2": "多写了“2022H1 2021H2”；",
    "publish": "没有写“file”；用法见 python -m lib publish --help",
    "demo-cases": "没有写“--rows”；",
    "demo-cases --rows abc": "“--rows”的值不是整数；",
    "demo-cases --rows 0": "“--rows”的值小于 1；",
    "demo-cases --rows 5 --format doc": "“--format”的值只能是 parquet, csv；",
    "token add 大屏 --days 9999": "“--days”的值大于 3650；",
}


@pytest.mark.parametrize("words", CALLS)
def test_a_wrong_call_is_a_sentence(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(shlex.split(words))
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith(f"错误：{CALLS[words]}")
    assert len(said.splitlines()) == 1
    assert not re.search("[a-z] [a-z]", said.split("；")[0])  # no sentence of the library is left


def test_help_is_whole_and_chinese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for words in ([], ["token"]):
        with pytest.raises(SystemExit) as ended:
            run(words)
        told = capsys.readouterr()
        assert ended.value.code == 2
        assert not told.err  # the help says it all
        assert "命令 ─" in told.out
        assert "…" not in told.out  # no command's first line is cut
        assert not re.search("Commands|Show this", told.out)
