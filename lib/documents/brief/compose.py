"""What a brief says: what 总览 shows for the same selection, in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.documents.brief.fit import fitted
from lib.documents.brief.parts import Brief, Part
from lib.insight.overview import Overview, overview
from lib.insight.wording import listed
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.settings import lake_dir

_NAMED = 6  # departments of a scope
NOTHING = "本期没有报送数据；没有报送不等于零。"
_OPEN = "数字之间对不上，或算不出；只提示，不改数。"
_ABOUT_ENDS = "上下界只作落后依据；没有报送不等于零。"


def brief(selection: Selection) -> Brief:
    """The brief of a selection, cut to one page; the same for the same release.

    Raises UnknownReleaseError.
    """
    return _brief(lake_dir(), selection)


@lru_cache(maxsize=128)
def _brief(_: Path, selection: Selection) -> Brief:
    view = overview(selection)
    release = opened_release(selection.release_id)
    made_up = release.made_up(selection.period)
    mark = f"（{DEMO_MARK}）" if made_up else ""
    dates = f"数据时点：{view.dates[0]}至{view.dates[1]}" if view.dates else "本期没有数据"
    whole = Brief(
        title=f"{period_label(selection.period)}政务服务工作简报{mark}",
        about=(f"范围：{_scope(selection)}", f"版本：{release.label}　{dates}"),
        cards=view.cards,
        parts=tuple(part for part in _parts(view) if part.total),
        footer=f"非涉密　版本：{release.label}　“—”为没有报送，不等于零；没有列出的见通报台同一版本。",
        notice="" if view.cards else NOTHING,
        synthetic=made_up,
    )
    return fitted(whole)


def _scope(selection: Selection) -> str:
    """Both filters; of many departments the first ones, and how many there are."""
    chosen = selection.chosen_departments
    if len(chosen) <= _NAMED:
        return selection.scope
    districts = listed(map(place_name, selection.chosen_districts)) or "全市"
    first = listed(map(place_name, chosen[:_NAMED]))
    return f"{districts}，{first}等部门（共{len(chosen)}个，列{_NAMED}个）"


def _parts(view: Overview) -> Iterator[Part]:
    yield _part("要点", "条", (), [(sentence.text,) for sentence in view.sentences])
    ranks = [
        (r.name, r.best_text, r.worst_text)
        for r in (*view.district_ranks, *view.department_ranks)
        if r.best or r.worst
    ]
    mentions = listed(m.text for m in (*view.district_mentions, *view.department_mentions))
    said = f"落后名单上榜最多：{mentions}。" if mentions else ""
    yield _part("地区和部门先后", "项", ("指标", "领先", "落后"), ranks, _ABOUT_ENDS + said)
    rows = [(f.name, f.status, f.stated, f.computed, f.resolver) for f in view.unresolved]
    yield _part("待核对的数", "条", ("事项", "结论", "所称", "计算", "由谁核对"), rows, _OPEN)


def _part(
    title: str, unit: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], note: str = ""
) -> Part:
    return Part(title, unit, columns, tuple(rows), len(rows), note)
