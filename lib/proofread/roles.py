"""What each paragraph of a draft is: frame of a web page, title, heading, addressee, body, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from lib.proofread.draft import Paragraph
from lib.proofread.text import plain

Role = Literal["frame", "title", "addressee", "heading", "body", "table", "signature", "date"]

# What a page prints round a document when its text is copied from the web.
_FRAME = re.compile(
    r"\s*(?:您?(?:的|所在)?当前(?:的)?位置|首页\s*>|浏览次数|点击数|信息名称|索\s*引\s*号|法定主动公开|公开(?:分类|方式|日期)|文件编号|"
    r"发布(?:机构|时间|日期)|生成日期|废止日期|内容概述|主题词|信息来源|来源：|字体：|字号：|扫一扫|打印(?:本页)?$|关闭(?:窗口)?$|"
    r"【?打印|分享(?:到|至)|责任编辑|上一篇|下一篇|返回顶部|版权所有|主办单位：|网站标识码|\S{0,4}ICP备)"
)
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{0,3}）|\d{1,2}[.．、](?!\d)|（\d{1,2}）)"
)
_DATE = re.compile(r"\s*(?:20\d\d|二[〇○零]\S{2})年[\d一二三四五六七八九十月日\s]{0,10}\s*")
_ATTACHMENT = re.compile(r"\s*附(?:件|表|录)\s*\d*\s*(?:：|$)")
_DIGIT = re.compile(r"\d")
_STOPS = "。；！？"
_CELLS = re.compile(r"\t|\s{2,}|\s*[|｜]\s*")


def cells(text: str) -> list[str]:
    """The cells of a table's row pasted as text; one where it is no row."""
    inner = text.replace("\u3000", " ").strip(" |｜\t")
    return [cell.strip() for cell in _CELLS.split(inner)] if len(inner) < 2_000 else [inner]


def is_numbered(text: str) -> bool:
    """Whether a paragraph opens with a number of a heading: 一、（一）1.（1）, or an empty ()."""
    return bool(_NUMBERED.match(text))


def _is_row(text: str) -> bool:
    parts = cells(text)
    return len(parts) > 1 and not any(stop in text for stop in _STOPS) and "，" not in text


def _is_heading(text: str, given: bool) -> bool:
    short = len(text.strip()) <= 45 and not any(stop in text for stop in (*_STOPS, "，"))
    return given or (short and is_numbered(text) and not text.rstrip().endswith("："))


def _single(paragraph: Paragraph) -> Role:
    raw, text = paragraph.text, plain(paragraph.text)
    if _FRAME.match(text) and len(text) < 120:
        return "frame"
    if _DATE.fullmatch(text):
        return "date"
    if _is_heading(text, paragraph.heading):
        return "heading"
    if _ATTACHMENT.match(text):
        return "table"
    if _is_row(raw):
        return "table"
    return "body"


def _unstopped(text: str) -> bool:
    return not any(stop in text for stop in (*_STOPS, "，", "："))


def _opening(roles: list[Role], texts: Sequence[str]) -> None:
    """Before the first sentence: a title without a stop, then whom it is addressed to."""
    for at, text in enumerate(texts):
        if roles[at] == "frame" or roles[at] == "date":
            continue
        stripped = text.strip()
        addressed = stripped.endswith("：") and not _DIGIT.search(stripped)
        if roles[at] == "body" and addressed and len(stripped) <= 120:
            roles[at] = "addressee"
            return
        if not _unstopped(stripped) or len(stripped) > 80 or is_numbered(stripped):
            return
        if roles[at] != "heading":
            roles[at] = "title"


def _closing(roles: list[Role], texts: Sequence[str]) -> None:
    """After the last sentence: who signs, then the day."""
    for at in range(len(texts) - 1, -1, -1):
        if roles[at] in ("frame", "date", "table"):
            continue
        if not _unstopped(texts[at]) or len(texts[at].strip()) > 45 or roles[at] != "body":
            return
        roles[at] = "signature"


def roles(paragraphs: Sequence[Paragraph]) -> tuple[Role, ...]:
    """The role of each paragraph, in order."""
    found = [_single(paragraph) for paragraph in paragraphs]
    texts = [plain(paragraph.text) for paragraph in paragraphs]
    _opening(found, texts)
    _closing(found, texts)
    return tuple(found)
