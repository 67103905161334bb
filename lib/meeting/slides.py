"""What a meeting can show: cover, headline figures, sentences, ends, sums, and every view.

A slide is named by text (`cover`, `card:overdue_count`, `view:centers`) and made of what the
pages show for the same selection, so its figures are theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil

from lib.catalog.periods import period_label
from lib.charts.svg import bars_within, room, svg, whole_height
from lib.insight.cards import Card
from lib.insight.overview import overview
from lib.insight.ranking import Mentions, Ranking
from lib.insight.table import table
from lib.meeting.page import Page, message, numbered, sentence_list, table_pages
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.register import CASE_VIEWS, VIEW_BY_ID, VIEWS

CARDS_A_SCREEN = 6
# Units of a chart that is read from the back: so many groups have room without being pressed, so
# many are shown in any case; no higher and no lower than this; so much wider than high; and the
# width at which the type of pages is right as it is.
ROOMY_HEIGHT, FEWEST_GROUPS = 390, 8
MOST_HEIGHT, LEAST_HEIGHT, SHAPE, TYPE_WIDTH = 420, 220, 2.3, 600
NOTHING = "本期没有报送，没有可展示的内容；没有报送不等于零。"
GONE = "现在的程序里没有这一页，请在“会议演示”里去掉它，或换一页。"


@dataclass(frozen=True)
class Offer:
    """A slide to choose: what it is called, how long it stays, and whether it starts chosen."""

    id: str
    title: str
    seconds: int
    shown: bool = False
    empty: bool = False


def offers(selection: Selection) -> tuple[Offer, ...]:
    """Every slide there is for a selection, in the order a meeting usually takes."""
    view = overview(selection)
    ends = (
        ("district", "各地区先后", view.district_ranks),
        ("department", "各部门先后", view.department_ranks),
    )
    made = [
        Offer("cover", "封面", 15, True),
        Offer("cards", "主要数据（全部）", 90, bool(view.cards), not view.cards),
        *(Offer(f"card:{card.metric}", f"主要数据：{card.title}", 30) for card in view.cards),
        Offer("points", "要点", 90, bool(view.sentences), not view.sentences),
    ]
    of_cases = (item for item in CASE_VIEWS if not item.make(selection).empty)
    for item in (*VIEWS, *of_cases):
        empty = item.make(selection).empty
        made.append(
            Offer(f"view:{item.id}", f"图：{item.title}", 60, item.usual and not empty, empty)
        )
        made.append(Offer(f"table:{item.id}", f"表：{item.title}", 60, False, empty))
    for dimension, title, ranks in ends:
        empty = not any(rank.best or rank.worst for rank in ranks)
        made.append(Offer(f"ranks:{dimension}", title, 60, not empty, empty))
    made.append(Offer("findings", "待核对的数", 60, bool(view.unresolved), not view.unresolved))
    return tuple(made)


def pages(slide: str, selection: Selection, title: str = "") -> tuple[Page, ...]:
    """The screens of one slide, at least one; `title` is the meeting's, for the cover.

    Raises UnknownReleaseError.
    """
    if slide == "cover":
        return _cover(selection, title)
    return _pages(slide, selection)


@lru_cache(maxsize=512)
def _pages(slide: str, selection: Selection) -> tuple[Page, ...]:
    kind, _, name = slide.partition(":")
    make = _KINDS.get(kind)
    return (make(selection, name) if make else ()) or message(slide, GONE)


def _cover(selection: Selection, title: str) -> tuple[Page, ...]:
    dates = overview(selection).dates
    lines = (
        f"{period_label(selection.period)}｜{selection.scope}",
        f"数据时点 {dates[0]} 至 {dates[1]}" if dates else "本期没有数据",
        f"版本 {opened_release(selection.release_id).label}",
    )
    return (Page("cover", title or f"{period_label(selection.period)}政务服务情况", lines=lines),)


def _cards(selection: Selection, _: str) -> tuple[Page, ...]:
    cards = overview(selection).cards
    starts = range(0, len(cards), CARDS_A_SCREEN)
    made = [Page("cards", "主要数据", cards=cards[n : n + CARDS_A_SCREEN]) for n in starts]
    return numbered(made) or message("主要数据", NOTHING)


def _card(selection: Selection, metric: str) -> tuple[Page, ...]:
    found: list[Card] = [c for c in overview(selection).cards if c.metric == metric]
    return tuple(Page("card", card.title, card.scope, cards=(card,)) for card in found[:1])


def _points(selection: Selection, _: str) -> tuple[Page, ...]:
    sentences = tuple(sentence.text for sentence in overview(selection).sentences)
    return sentence_list("要点", "", sentences) or message("要点", NOTHING)


def _ranks(selection: Selection, dimension: str) -> tuple[Page, ...]:
    view = overview(selection)
    if dimension == "district":
        return _ends("各地区先后", view.district_ranks, view.district_mentions)
    if dimension == "department":
        return _ends("各部门先后", view.department_ranks, view.department_mentions)
    return ()


def _ends(title: str, ranks: tuple[Ranking, ...], named: tuple[Mentions, ...]) -> tuple[Page, ...]:
    if not any(rank.best or rank.worst for rank in ranks):
        return message(title, NOTHING)
    content = table(("指标", "领先", "落后"), ((r.name, r.best_text, r.worst_text) for r in ranks))
    mentions = "、".join(mention.text for mention in named)
    reading = f"落后名单上榜最多：{mentions}。" if mentions else ""
    return table_pages(title, "上下界只作落后依据", content, reading)


def _findings(selection: Selection, _: str) -> tuple[Page, ...]:
    found = overview(selection).unresolved
    if not found:
        return message("待核对的数", "登记的勾稽关系都对得上，没有待核对的数。")
    rows = ((f.name, f.status, f.stated, f.computed, f.arithmetic) for f in found)
    content = table(("事项", "结论", "所称", "计算", "算式"), rows)
    return table_pages("待核对的数", "只提示，不改数", content)


def _view(selection: Selection, name: str) -> tuple[Page, ...]:
    if name not in VIEW_BY_ID:
        return ()
    view = VIEW_BY_ID[name].make(selection)
    if view.empty:
        return message(view.title, view.reading)
    if view.marks is None or not view.marks.num_rows or not view.chart:
        return table_pages(view.title, view.remark, view.table, view.reading)
    return _charts(view, name, selection)


def _charts(view: Exhibit, name: str, selection: Selection) -> tuple[Page, ...]:
    """A view's chart, over several screens where it has more groups than are read from the back."""
    most, whole = _most(view), view.groups
    screens = ceil(whole / most)
    share = ceil(whole / screens)
    reading = view.reading + _marks_said(view)
    made = []
    for first in range(0, whole, share):
        last = min(first + share, whole)
        said = f"{view.remark}；图示第{first + 1}至{last}个，共{whole}个"
        made.append(
            Page(
                "chart", view.title, said if screens > 1 else view.remark, reading=reading,
                chart=partial(_drawn, name, selection, first, share),
            )
        )  # fmt: skip
    return numbered(made)


def _marks_said(view: Exhibit) -> str:
    """What a chart's marks mean where pages tell it on pointing at them."""
    if view.chart != "progress" or view.marks is None:
        return ""
    dated = any(mark is not None for mark in view.marks["序时"].to_pylist())
    return f"粗竖线是{view.options[2]}{'，细竖线是序时进度应达的数' if dated else ''}。"


def _most(view: Exhibit) -> int:
    """How many groups of a view's chart are read from the back."""
    limit = room(view.chart, ROOMY_HEIGHT)
    return max(view.groups, 1) if limit is None else max(limit, FEWEST_GROUPS)


@lru_cache(maxsize=256)
def _drawn(name: str, selection: Selection, first: int, groups: int) -> str:
    """A screen of a view's chart as SVG, its bars as long as on the others.

    Drawing takes a tenth of a second, the first one a second.
    """
    whole = VIEW_BY_ID[name].make(selection)
    view = whole.part(first, groups)
    assert whole.marks is not None
    assert view.marks is not None
    bars = bars_within(view.chart, view.groups, MOST_HEIGHT)
    width = round(max(LEAST_HEIGHT, whole_height(view.chart, bars)) * SHAPE)
    return svg(
        view.chart, view.marks, view.groups, view.options,
        dark=True, width=width, bars=bars, whole=whole.marks, scale=min(1.6, max(1.0, width / TYPE_WIDTH)),
    )  # fmt: skip


def _table(selection: Selection, name: str) -> tuple[Page, ...]:
    if name not in VIEW_BY_ID:
        return ()
    view = VIEW_BY_ID[name].make(selection)
    if view.empty:
        return message(view.title, view.reading)
    return table_pages(view.title, view.remark, view.table)


_KINDS: dict[str, Callable[[Selection, str], tuple[Page, ...]]] = {
    "cards": _cards,
    "card": _card,
    "points": _points,
    "ranks": _ranks,
    "findings": _findings,
    "view": _view,
    "table": _table,
}
