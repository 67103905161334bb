"""Which fonts a PDF is set in: the standard's own, a named stand-in, or a sentence that says what to do."""

from __future__ import annotations

import pytest

from lib.documents.fonts import Faces, NoChineseFontError, faces, installed


def test_the_fonts_of_the_standard_are_taken_by_any_of_their_names() -> None:
    made = faces(["FZXiaoBiaoSong-B05S", "FangSong", "SimHei", "Noto Serif CJK SC"])
    assert made == Faces("FZXiaoBiaoSong-B05S", "FangSong", "SimHei", ())
    assert made.note == ""


def test_a_stand_in_is_named() -> None:
    made = faces(["SimHei", "Noto Serif CJK SC", "Noto Sans CJK SC", "DejaVu Sans"])
    assert made.text == "Noto Serif CJK SC"
    assert made.note == (
        "本机缺字体：方正小标宋简体用Noto Serif CJK SC代替、仿宋_GB2312用Noto Serif CJK SC代替。"
    )


def test_one_font_is_enough() -> None:
    assert faces(["Noto Sans CJK SC"]).title == "Noto Sans CJK SC"


def test_without_a_chinese_font_the_message_says_what_to_do() -> None:
    with pytest.raises(NoChineseFontError, match="没有找到可用的中文字体，不能生成PDF。请安装"):
        faces(["DejaVu Sans", "Libertinus Serif"])


def test_this_machine_has_one() -> None:
    assert faces(installed().families()).text
