"""Which slides a meeting takes away, as data: the usual order, every long one going on until it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from lib.documents.behind import definitions, facts_of, source_lines, view_sources
from lib.documents.slides.bars import Chart, chart_of
from lib.documents.slides.layouts import FOOT, READING, SMALLEST, TOP, TOP_READ, WHOLE
from lib.documents.slides.paging import TablePart, lines, list_parts, table_parts
from lib.documents.stamp import MISSING_RULE, Stamp
from lib.insight.cards import Card
from lib.insight.cells import figure
from lib.insight.overview import Overview, overview
from lib.insight.ranking import Mentions, Ranking
from lib.insight.table import Table, table
from lib.insight.wording import listed, listed_whole
from lib.queries.facts import Fact
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.register import VIEWS

Layout = Literal["封面", "主要数据", "主要数据（四格）", "文字", "图", "表"]
# Points a bar needs to be told from the next one, and what a legend and the space between groups take.
_BAR, _GROUP, _LEGEND = 16, 26, 30
_NOT_A_POINT = "斜纹是界限，只表示范围，不是确数。"
_NO_BAR = "没有条的是没有报送，不等于零。"
_SUMMED_UP = ("matrix",)  # charts that only sum up what the table after them says
_HOW = (
    "数字照所列版本，一个不改；约、近、余、超、不少于、低于、以上、以下照原文保留。",
    "“—”为没有报送，不等于零；没有条的，就是没有报送。",
    "斜纹条是界限（如低于70%），只表示范围，不是确数，不参加高低比较。",
    "序时进度是截至各数时点已过天数占全年天数的比例，用于比较快慢。",
    "超期不是预警的一部分，两个数不能相除；市本级不是全市，单列。",
    "提升数是列入提升范围的个数，不是完成数；标“计算”的数由系统算出。",
)


@dataclass(frozen=True)
class Slide:
    """One slide. Which of `cards`, `lines`, `chart` and `part` holds something follows from `layout`.

    remark:  smaller, beside the title;  reading: the sentence under it
    first:   the number of the first of `lines`, 0 where they are not numbered
    notes:   what the speaker has before them, a line each
    """

    layout: Layout
    title: str
    remark: str = ""
    reading: str = ""
    lines: tuple[str, ...] = ()
    size: int = READING
    first: int = 0
    cards: tuple[Card, ...] = ()
    chart: Chart | None = None
    part: TablePart | None = None
    notes: tuple[str, ...] = field(default=(), repr=False)


def slides(selection: Selection, stamp: Stamp) -> list[Slide]:
    """Every slide in order."""
    view = overview(selection)
    return [
        _cover(stamp),
        *_cards(view),
        *_points(view),
        *(slide for item in VIEWS if item.usual for slide in _view(item.make(selection))),
        *_ends("各地区先后", view.district_ranks, view.district_mentions),
        *_ends("各部门先后", view.department_ranks, view.department_mentions),
        *_findings(view),
        *_closing(selection, stamp),
    ]


def _cover(stamp: Stamp) -> Slide:
    said = (
        f"范围：{stamp.scope}",
        stamp.days,
        f"版本 {stamp.release.label}",
        "非涉密",
        stamp.warning,
    )
    notes = ("由通报台按所列版本生成，图表可以直接编辑；改动后的数字不再是版本里的数字。",)
    return Slide("封面", stamp.title, lines=tuple(filter(None, said)), notes=notes)


def _cards(view: Overview) -> Iterator[Slide]:
    """Six headline figures a slide; four where their lines need the room."""
    roomy = all(_card_lines(card) <= 4 for card in view.cards)
    layout: Layout = "主要数据" if roomy else "主要数据（四格）"
    most = 6 if roomy else 4
    parts = [view.cards[n : n + most] for n in range(0, len(view.cards), most)]
    for cards in parts:
        facts = tuple(dict.fromkeys(fact for card in cards for fact in card.facts))
        yield Slide(layout, "主要数据", cards=cards, notes=_notes("", facts))


def _card_lines(card: Card) -> int:
    return sum(lines(text, SMALLEST, WHOLE / 3 - 30) for text in card.lines)


def _points(view: Overview) -> Iterator[Slide]:
    said = {sentence.text: sentence for sentence in view.sentences}
    made = []
    for part in list_parts(list(said), WHOLE, FOOT - TOP):
        own = [said[text] for text in part.sentences]
        rules = [f"第{n}条：{one.rule}" for n, one in enumerate(own, part.first)]
        facts = tuple(dict.fromkeys(fact for one in own for fact in one.facts))
        notes = ("规则：", *rules, *_notes("", facts))
        made.append(
            Slide(
                "文字", "要点", lines=part.sentences, size=part.size, first=part.first, notes=notes
            )
        )
    yield from _numbered(made)


def _view(view: Exhibit) -> Iterator[Slide]:
    """A view's chart over as many slides as it takes, then its table where a chart leaves much out."""
    if _states_nothing(view):
        return
    chart = chart_of(view)
    made = [_chart(view, chart, *ends) for ends in _pages(chart)] if chart is not None else []
    if view.chart in _SUMMED_UP:
        made = [*made[:1], *_tables(view.title, view.remark, view.table, view.reading, view)]
    yield from _numbered(made or _tables(view.title, view.remark, view.table, view.reading, view))


def _states_nothing(view: Exhibit) -> bool:
    """Whether no figure was reported: a table of em dashes alone is no slide."""
    return view.empty or not (facts_of(view.table) or chart_of(view))


def _pages(chart: Chart) -> list[tuple[int, int]]:
    """From and to which category each slide goes, evenly."""
    room = FOOT - TOP_READ - (_LEGEND if chart.legend else 0)
    most = max(1, int(room / max(_GROUP, chart.lines * _BAR + 4)))
    whole = len(chart.categories)
    count = -(-whole // most)
    each = -(-whole // count)
    return [(n, min(n + each, whole)) for n in range(0, whole, each)]


def _chart(view: Exhibit, chart: Chart, start: int, stop: int) -> Slide:
    whole = len(chart.categories)
    cut = f"共{whole}行，本页第{start + 1}至{stop}行。" if stop - start < whole else ""
    if cut and view.chart in _SUMMED_UP:
        cut = f"图示前{stop}个，共{whole}个，后面的表全部列出。"
    bars = [bar for one in chart.series for bar in one.bars]
    hatched = _NOT_A_POINT if any(bar and bar.fill == "hatched" for bar in bars) else ""
    silent = _NO_BAR if view.chart == "pairs" and None in bars else ""
    reading = f"{cut}{view.reading}{hatched}{silent}"
    notes = _notes(reading, facts_of(view.table), view)
    return Slide("图", view.title, view.remark, reading, chart=chart.part(start, stop), notes=notes)


def _tables(
    title: str, remark: str, content: Table, reading: str, view: Exhibit | None = None
) -> list[Slide]:
    said = f"{listed_whole(len(content.rows))}{MISSING_RULE}{reading}"
    notes = _notes(reading, facts_of(content), view)
    return [
        Slide("表", title, remark, said, part=part, notes=notes)
        for part in table_parts(content, WHOLE, FOOT - TOP_READ)
    ]


def _ends(title: str, ranks: Sequence[Ranking], named: Sequence[Mentions]) -> Iterator[Slide]:
    known = [rank for rank in ranks if rank.best or rank.worst]
    if not known:
        return
    content = table(
        ("指标", "领先", "落后"),
        ((r.name, figure(r.best_text, r.best), figure(r.worst_text, r.worst)) for r in ranks),
    )
    mentions = f"落后名单上榜最多：{listed(m.text for m in named)}。" if named else ""
    rules = tuple(f"{rank.name}落后：{rank.rule}" for rank in known)
    for slide in _numbered(_tables(title, "上下界只作落后依据", content, mentions)):
        yield replace(slide, notes=(*rules, *slide.notes))


def _findings(view: Overview) -> Iterator[Slide]:
    title, remark = "待核对的数", "只提示，不改数"
    if not view.unresolved:
        said = "登记的勾稽关系都对得上，没有待核对的数。"
        if view.findings:
            yield Slide("文字", title, remark, lines=(said,), notes=(said,))
        return
    content = table(
        ("事项", "结论", "所称", "计算", "算式"),
        (
            (
                f.name,
                f.status,
                figure(f.stated, f.facts[:1]),
                figure(f.computed, f.facts),
                f.arithmetic,
            )
            for f in view.unresolved
        ),
    )
    resolvers = tuple(f"{f.name}：由{f.resolver}核对" for f in view.unresolved)
    for slide in _numbered(_tables(title, remark, content, "")):
        yield replace(slide, notes=(*resolvers, *slide.notes))


def _closing(selection: Selection, stamp: Stamp) -> Iterator[Slide]:
    """How to read the figures, and where they came from."""
    silent = [item.title for item in VIEWS if item.usual and _states_nothing(item.make(selection))]
    files = list(dict.fromkeys(source["file"] for source in stamp.release.sources))
    said = [
        *_HOW,
        *([f"所选范围本期没有报送、因此没有出页的：{listed(silent)}。"] if silent else []),
        f"版本 {stamp.release.label}；{stamp.days}；每页备注写明各数的文件和行。",
        f"来源文件：{listed(files)}。",
    ]
    hashes = tuple(
        dict.fromkeys(
            f"{source['file']}　SHA-256 {source['sha256']}" for source in stamp.release.sources
        )
    )
    parts = list_parts(said, WHOLE, FOOT - TOP)
    make = partial(Slide, "文字", "口径和来源", notes=("来源文件：", *hashes))
    yield from _numbered([make(lines=p.sentences, size=p.size, first=p.first) for p in parts])


def _notes(reading: str, facts: Iterable[Fact], view: Exhibit | None = None) -> tuple[str, ...]:
    facts = tuple(facts)
    sources = view_sources(view) if view is not None else source_lines(facts)
    said = [reading] if reading else []
    if means := definitions(facts):
        said += ["口径：", *means]
    return (*said, "来源：", *sources) if sources else tuple(said)


def _numbered(made: list[Slide]) -> list[Slide]:
    """The slides of one title, each saying which of how many it is."""
    if len(made) < 2:
        return made
    return [
        replace(slide, title=f"{slide.title}（{n}/{len(made)}）") for n, slide in enumerate(made, 1)
    ]
