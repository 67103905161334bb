"""The notation of templates: lines become paragraphs, marks at their start say what kind.

A rendered text holds private-use characters for figures and names (see `spans.py`); line ends are
always a template's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HELP = """\
一行一段，空行不算；行首有空格的，接着上一段写。
行首“# ”“## ”“### ”是标题，自动编号为“一、”“（一）”“1.”；行首“+ ”是自动编号“1.”的一段。
段首两对星号之间的是段内标题，如“**溧阳市：**”。
接着上一段写时以“? ”开头的一句可有可无：所问的一样也没有时不写这一句；其他句子没有数时显示〔缺：…〕。
模板里不写数（阿拉伯数字和“三个”“第二”这样的都算），数都用双花括号提问，如
    已培育专员{{ 数("“畅通办”专员已培育人数") }}。
指标和名单用“指标口径”页上的名称。{# 和 #} 之间是给编辑看的说明，不会出现在通报里。"""

_MARK = re.compile(r"(#{1,3}|\+) +")
_OPTIONAL = re.compile(r"[?？] *")


@dataclass(frozen=True)
class Line:
    """Words of a paragraph as rendered; an `optional` line may be left out."""

    text: str
    optional: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: `mark` is #, ##, ###, + or empty."""

    mark: str
    lines: tuple[Line, ...]


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a rendered template."""
    found: list[Paragraph] = []
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            continue
        if raw[0].isspace() and found:
            before = found[-1]
            found[-1] = Paragraph(before.mark, (*before.lines, _continued(line)))
            continue
        mark = _MARK.match(line)
        found.append(Paragraph(mark[1] if mark else "", (Line(line[mark.end() if mark else 0 :]),)))
    return found


def _continued(line: str) -> Line:
    optional = _OPTIONAL.match(line)
    return Line(line[optional.end() :], optional=True) if optional else Line(line)
