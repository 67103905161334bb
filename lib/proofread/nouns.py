"""What a number counts: the noun behind it (35个政务服务便利站), and whether two nouns are one."""

from __future__ import annotations

import re

from lib.proofread.numbers import Number
from lib.proofread.reading import Passage
from lib.proofread.text import CJK

_HEADS = "中心|便利站|驿站|服务站|站点|服务点|网点|窗口|专员|大厅|平台|清单|事项|部门|单位|社区|应用|场景|终端|一体机|基地|专区|项目|企业|线索|镇|街道"
_STOP = re.compile(
    "已|正在|进行|实体|首批|功能|均|全部|共|其中|采取|下拨|存在|低于|高于|达|为(?!民)|和|与|及|的|等"
)
_AFTER = re.compile(rf"(?:[{CJK}]|“[^“”]{{1,12}}”|（[{CJK}、]{{1,8}}）){{1,20}}")
_HEAD = re.compile(_HEADS)
_COVERED = re.compile(r"（[^（）]*）|[“”]")
_LEAD = re.compile(
    "计划|目标|建设|建成|新建|改建|新增|完成|推进|改造|提升|打造|设立|建立|开展|培训|培育|运转|的|了|有|共|已|[全我][市区县省]|为(?!民)"
)
_MARK = re.compile("[。；，：！？、\n（）]")
_SHORTEST = 3
_FARTHEST = 40


def noun_after(passage: Passage, number: Number) -> str:
    """The noun right behind a number, without bracketed remarks and quotation marks; may be empty."""
    written = _AFTER.match(passage.bare, number.end, number.end + 40)
    if written is None:
        return ""
    noun = _COVERED.sub("", written[0]).removeprefix("的")
    stop = _STOP.search(noun, 1)
    noun = noun[: stop.start()] if stop else noun
    head = _HEAD.search(noun, 1)
    return noun[: head.end()] if head else noun


def noun_before(passage: Passage, number: Number) -> str:
    """The noun right before a number, behind the last verb (建成村级代办点18个); may be empty."""
    near = max(0, number.start - _FARTHEST)
    written = _COVERED.sub("", _MARK.split(passage.bare[near : number.start])[-1])
    return _LEAD.split(written)[-1].strip()


def noun_of(passage: Passage, number: Number) -> str:
    """What a number counts, behind it or else before it."""
    return noun_after(passage, number) or noun_before(passage, number)


def same_noun(one: str, other: str) -> bool:
    """Whether two nouns name the same: equal, or one says more in front (镇为民服务中心)."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and longer.endswith(shorter)
