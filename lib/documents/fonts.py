"""Fonts of this machine for PDF files: the ones 公文 asks for, or named stand-ins that are said to be so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from typst import Fonts

from lib.documents.word.styles import FANGSONG, HEI, TITLE_SONG
from lib.not_made import NotMadeError

_SERIFS = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC", "SimSun", "宋体", "STSong")  # fmt: skip
_SANS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "Microsoft YaHei",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip
# Font by its name in 公文 > the same font by other names, then what may stand in, best first.
SAME: Mapping[str, tuple[str, ...]] = {
    TITLE_SONG: ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong"),
    HEI: ("黑体", "SimHei", "STHeiti"),
}
STAND_INS: Mapping[str, tuple[str, ...]] = {
    TITLE_SONG: (*_SERIFS, *_SANS),
    FANGSONG: (*_SERIFS, *_SANS),
    HEI: (*_SANS, *_SERIFS),
}


class NoChineseFontError(NotMadeError):
    """No font of this machine can write Chinese."""

    def __init__(self) -> None:
        super().__init__(
            "这台机器上没有找到可用的中文字体，不能生成PDF。请安装方正小标宋简体、仿宋_GB2312、黑体，"
            "或开源的思源宋体、思源黑体（fonts-noto-cjk）后重试；也可以改为下载Word版。"
        )


@dataclass(frozen=True)
class Faces:
    """The families to set title, text and headings in. `replaced` says what stands in for what."""

    title: str
    text: str
    heading: str
    replaced: tuple[tuple[str, str], ...]

    @property
    def note(self) -> str:
        """For the foot of a page; empty where nothing was replaced."""
        said = "、".join(f"{wanted}用{found}代替" for wanted, found in self.replaced)
        return f"本机缺字体：{said}。" if said else ""


@cache
def installed() -> Fonts:
    """The fonts of this machine, looked for once."""
    return Fonts(include_system_fonts=True, include_embedded_fonts=False)


def faces(families: Collection[str]) -> Faces:
    """The best of some families for each use. Raises NoChineseFontError."""
    found = {wanted: _best(wanted, families) for wanted in SAME}
    replaced = tuple((wanted, got) for wanted, got in found.items() if got not in SAME[wanted])
    return Faces(found[TITLE_SONG], found[FANGSONG], found[HEI], replaced)


def _best(wanted: str, families: Collection[str]) -> str:
    for name in (*SAME[wanted], *STAND_INS[wanted]):
        if name in families:
            return name
    raise NoChineseFontError
