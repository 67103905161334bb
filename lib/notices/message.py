"""A message: what a channel is told at once, as lines of text that say nothing but what they say.

Names and remarks come from uploaded files. In a message nothing in them is markup, a mention or a link:
characters that could be are written full-width, and control characters are left out.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lib.catalog.demo import DEMO_MARK
from lib.catalog.notices import NOTICES, SEVERITIES
from lib.catalog.periods import period_label
from lib.notices.record import Record, Told

PAGE = "notices"
_TOLD: tuple[Told, ...] = ("新增", "仍在", "恢复", "撤回")
_MARKUP = "\\`*_{}[]()<>#|~!@&"
_FULL_WIDTH = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in _MARKUP})
_ORDER = {rule.id: place for place, rule in enumerate(NOTICES)}
_MOST = 99  # parts; only their digits count


@dataclass(frozen=True)
class Item:
    """One record and what is told of it.

    about: the period and the release;  link: where it leads, "" where messages have no links
    """

    what: Told
    record: Record
    words: str
    about: str
    link: str = ""


@dataclass(frozen=True)
class Message:
    """Items that go together, as part `number` of `count`; page: the address of 提醒, "" without links."""

    items: tuple[Item, ...]
    page: str = ""
    number: int = 1
    count: int = 1

    @property
    def about(self) -> str:
        """The period and the release that all items are of; "" where they differ."""
        found = {item.about for item in self.items}
        return found.pop() if len(found) == 1 else ""

    def words(self, item: Item) -> str:
        """What is told of an item, with its period and release where those of others differ."""
        return item.words if self.about else f"{item.words}（{item.about}）"

    @property
    def title(self) -> str:
        """For people: 通报台提醒：新增3项、恢复1项."""
        counts = {what: sum(item.what == what for item in self.items) for what in _TOLD}
        said = "、".join(f"{what}{count}项" for what, count in counts.items() if count)
        marked = f"【{DEMO_MARK}】" if any(item.record.made_up for item in self.items) else ""
        part = f"（{self.number}/{self.count}）" if self.count > 1 else ""
        return f"{marked}通报台提醒：{said}{part}"


def item_of(record: Record, what: Told, now: dt.datetime, base: str) -> Item:
    """What is told of a record; `base` is the app's address, "" where messages have no links."""
    link = base + record.address if base and record.address else ""
    about = f"{period_label(record.period)}，版本 {record.release}"
    return Item(what, record, inert(_words(record, what, now)), inert(about), link)


def _words(record: Record, what: Told, now: dt.datetime) -> str:
    marked = f"【{DEMO_MARK}】" if record.made_up else ""
    if what == "恢复":
        return f"{marked}{record.title}：{record.last or '已恢复。'}"
    if what == "撤回":
        return f"{marked}{record.sentence}{record.last}"
    lasting = f"{_span(now - record.since)}，还没有人标为知悉。" if what == "仍在" else ""
    return f"{marked}{record.sentence}{lasting}"


def _span(lasted: dt.timedelta) -> str:
    return f"已{lasted.days}天" if lasted.days else "还不到1天"


def inert(text: str) -> str:
    """A text on one line with nothing in it that a robot or a mail program acts on."""
    kept = "".join(
        sign
        for sign in text.replace("\n", " ")
        if unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp")
    )
    return kept.replace("://", "：//").translate(_FULL_WIDTH)


def messages(
    items: Sequence[Item], base: str, most: int, text: Callable[[Message], str]
) -> list[Message]:
    """The items in as few messages as fit, what is new and pressing first.

    most: bytes (UTF-8) that `text` may make of a message
    """
    page = f"{base}{PAGE}" if base else ""
    made: list[Message] = []
    for item in sorted(items, key=_place):
        last = made[-1] if made else None
        longer = last and replace(last, items=(*last.items, item), number=_MOST, count=_MOST)
        if longer and len(text(longer).encode()) <= most:
            made[-1] = longer
        else:
            made.append(Message((item,), page))
    return [replace(one, number=n, count=len(made)) for n, one in enumerate(made, 1)]


def _place(item: Item) -> tuple[int, int, int]:
    of_rule = _ORDER.get(item.record.rule, len(_ORDER))
    return _TOLD.index(item.what), SEVERITIES.index(item.record.severity), of_rule


def _head(message: Message) -> list[str]:
    return [message.about, ""] if message.about else []


def as_markdown(message: Message) -> str:
    """A message as the robots of 企业微信 and 钉钉 read it."""
    lines = [f"**{message.title}**", "", *_head(message)]
    for item in message.items:
        link = f" [查看]({item.link})" if item.link else ""
        lines.append(f"- **{item.what}｜{item.record.severity}** {message.words(item)}{link}")
    tail = f"[打开“提醒”页]({message.page})" if message.page else "详情见通报台“提醒”页。"
    return "\n".join([*lines, "", tail])


def as_text(message: Message) -> str:
    """A message as plain text."""
    lines = [message.title, "", *_head(message)]
    for item in message.items:
        lines.append(f"{item.what}｜{item.record.severity}｜{message.words(item)}")
        lines += [f"  {item.link}"] if item.link else []
    tail = f"“提醒”页：{message.page}" if message.page else "详情见通报台“提醒”页。"
    return "\n".join([*lines, "", tail, ""])
