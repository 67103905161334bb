"""The frame round every page: navigation, filters, the release in view.

Streamlit runs this file on every interaction (`app.py` names it); the page runs at the end.
The address leads: where it changed (a link, back, forward) the filters follow it; where a filter
changed, the address is written once, so that the back button has one stop for each change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import streamlit as st

from lib import markup, visitor
from lib.access.roles import DeniedError
from lib.actions import opened
from lib.catalog.demo import made_up
from lib.catalog.periods import Period, parse_period
from lib.catalog.places import (
    DEPARTMENTS,
    DISTRICTS,
    Resolution,
    resolve_department,
    resolve_district,
)
from lib.counters import RUNS
from lib.links import FILTERS, PAGE, notice, parameters, read_values
from lib.markup import plain
from lib.navigation import PAGES
from lib.queries.release import QueryStoppedError
from lib.runtime import pacing
from lib.selection import Selection
from lib.settings import lake_dir
from lib.store.copies import nothing_yet
from lib.store.integrity import summary
from lib.store.lake import Lake, PublishError
from lib.store.release import Release
from lib.widgets import PageDone

# Local files: a named icon as page icon would be fetched from the internet.
ASSETS = Path(__file__).parent / "assets"
DISTRICT_NAMES = {district.id: district.name for district in DISTRICTS}
DEPARTMENT_NAMES = {department.id: department.name for department in DEPARTMENTS}


def note_unknown(what: str, written: Sequence[str], instead: str) -> None:
    """Remember, until the filters are touched, what a link asked for in vain."""
    if written:
        st.session_state.link_notices[what] = notice(what, written, instead)


def asked_by_address() -> dict[str, list[str]]:
    """What the address asks for, where it changed since it was last written; empty where not.

    An address without a release is a switch of page by the navigation: the filters stay.
    """
    asked = {key: st.query_params.get_all(key) for key in FILTERS}
    held = st.session_state.get("address")
    return asked if held is None or (asked["release"] and asked != held) else {}


def chosen_release(lake: Lake, newest: Release, asked: Sequence[str]) -> Release:
    """The release (or proposal) of the link; a new visit is pinned to the newest, and says so."""
    written = next(iter(asked), None) or st.session_state.get("release")
    release = opened(visitor.person(), lake, written) if written else None
    if written and release is None:
        note_unknown("版本", [written], f"已改为最新版本 {newest.id}")
    release = release or newest
    st.session_state.release = release.id
    return release


def chosen_period(periods: list[Period], asked: Sequence[str] | None) -> Period:
    """The period of the link or of the filter, or the latest."""
    by_id = {period.id: period for period in periods}
    values = read_values(asked or (), {period.id: period.label for period in periods})
    note_unknown("期次", values.unknown, f"已显示{periods[0].label}")
    wanted = by_id.get(next(iter(values.known), "")) or periods[0]
    held = st.session_state.get("period")
    if asked is not None or held not in periods:
        st.session_state.period = held = wanted
    return cast(Period, held)


def chosen_places(
    key: str,
    what: str,
    names: dict[str, str],
    resolve: Callable[[str], Resolution],
    asked: Sequence[str] | None,
) -> tuple[str, ...]:
    """The ids of the link or of the filter, in catalog order."""
    if asked is not None:
        values = read_values(asked, names, resolve)
        note_unknown(what, values.unknown, "已按其余条件显示")
        st.session_state[key] = [place for place in names if place in values.known]
    held = st.session_state.setdefault(key, [])
    return tuple(place for place in names if place in held)


def write_address(selection: Selection) -> None:
    """Let the address say what is shown; what a page keeps there of its own stays.

    All but the page of a list, where a filter was used.
    """
    wanted = parameters(selection)
    held = {key: st.query_params.get_all(key) for key in st.query_params}
    if wanted != {key: values for key, values in held.items() if key in FILTERS}:
        is_as_written = st.session_state.get("address") == {k: held.get(k, []) for k in FILTERS}
        gone = (*FILTERS, PAGE) if is_as_written else FILTERS
        own = {key: values for key, values in held.items() if key not in gone}
        st.query_params.from_dict({**own, **wanted})
        if is_as_written:
            pacing.address_sent()
    st.session_state.address = {key: wanted.get(key, []) for key in FILTERS}


def filters(periods: list[Period], releases: list[Release], release: Release) -> None:
    """The filters; kept across pages and in the address, which is pinned to the release."""
    st.selectbox(
        "期次", periods, format_func=lambda p: p.label, key="period",
        on_change=forget_notices, filter_mode=None,
    )  # fmt: skip
    st.pills(
        "地区", list(DISTRICT_NAMES), format_func=DISTRICT_NAMES.__getitem__, key="district",
        selection_mode="multi", on_change=forget_notices,
    )  # fmt: skip
    st.multiselect(
        "部门", list(DEPARTMENT_NAMES), format_func=DEPARTMENT_NAMES.__getitem__, key="department",
        placeholder="全部部门", on_change=forget_notices, filter_mode="contains", select_all=False,
    )  # fmt: skip
    labels = {r.id: r.label for r in releases}
    if release.kind == "proposal":
        labels = {release.id: f"预览 {release.label}"} | labels
    st.session_state.release_box = release.id
    st.selectbox(
        "数据版本", list(labels), format_func=labels.__getitem__, key="release_box",
        on_change=switch_release, filter_mode=None,
    )  # fmt: skip
    st.html(markup.note("链接固定在所选版本上。非涉密，严禁上传涉密信息。"))
    visitor.corner()


def forget_notices() -> None:
    """The filters were touched: what the link asked for no longer matters."""
    st.session_state.link_notices = {}


def switch_release() -> None:
    """The release box was used."""
    forget_notices()
    st.session_state.release = st.session_state.release_box


def show_latest(release_id: str) -> None:
    """The “查看最新” button: leave the pinned release."""
    forget_notices()
    st.session_state.release = release_id


@st.fragment(run_every=24 * 3600)
def come_back() -> None:
    """Nothing to see: a browser asks a server that was started again for a run only where a page has a
    part that repeats; else it would show the page as it was, and lose the next click."""


st.set_page_config(layout="wide")
st.session_state.setdefault("link_notices", {})
may_look = visitor.enter()

lake = Lake(lake_dir())
releases, fallen = lake.releases(), lake.fallback()
newest = fallen.live if fallen else next(iter(releases), None)
if newest is None:
    st.error(
        plain(fallen.notice("") if fallen else nothing_yet(lake.path)), icon=":material/error:"
    )
    st.stop()

page = st.navigation(
    {
        group: [
            st.Page(
                f"../pages/{item.file}.py",
                title=item.title,
                url_path=item.path or None,
                default=item.default,
            )
            for item in items
        ]
        for group, items in PAGES.items()
    },
    position="hidden",  # the bar with all pages is in the start document: `lib/routes/menu.py`
)
if st.session_state.get("titled") != page.title:  # else the icon is drawn anew in every run
    st.set_page_config(page_title=f"{page.title}｜通报台", page_icon=str(ASSETS / "icon.svg"))
    st.session_state.titled = page.title

if not may_look:
    st.html('<span class="tb-locked"></span>')
    st.stop()
asked = asked_by_address()
release = chosen_release(lake, newest, asked.get("release", ()))
periods = [p for name in reversed(release.periods) if (p := parse_period(name))]
selection = Selection(
    release.id,
    chosen_period(periods, asked.get("period")).id,
    chosen_places("district", "地区", DISTRICT_NAMES, resolve_district, asked.get("district")),
    chosen_places(
        "department", "部门", DEPARTMENT_NAMES, resolve_department, asked.get("department")
    ),
)
st.session_state.selection = selection
write_address(selection)

if damage := lake.damage(release):  # a link never shows other figures than those it is pinned to
    st.error(
        plain(
            f"版本 {release.label} 的文件损坏（{summary(damage)}），不能显示；"
            "请管理员运行 python -m lib verify。"
        ),
        icon=":material/broken_image:",
    )
    st.button(f"查看完好的版本 {newest.id}", on_click=show_latest, args=(newest.id,))
    st.stop()
if fallen:
    st.error(plain(fallen.notice(release.id)), icon=":material/broken_image:")
if release.id != newest.id:
    preview = f"正在预览还没有发布的报送 {release.label}，数字可能变化，请勿引用。"
    kind = "最新的完好版本" if fallen else "最新版本"
    older = f"正在查看旧版本 {release.label}，{kind}是 {newest.label}。"
    said = preview if release.kind == "proposal" else older
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(plain(said), icon=":material/history:")
        st.button("查看最新", on_click=show_latest, args=(newest.id,))
if release.synthetic_parts:
    said = made_up(release.synthetic_parts, selection.period)
    st.warning(plain(said), icon=":material/science:")
for sentence in st.session_state.link_notices.values():
    st.warning(plain(sentence), icon=":material/link_off:")

with st.sidebar:  # begun before the page, which would be laid out anew when it opens
    st.html(markup.heading("筛选"))
    come_back()
RUNS.inc()
pacing.begin()
try:
    page.run()
except PageDone:
    pass
except DeniedError as error:  # taken away since the run began
    st.error(markup.sentence(error), icon=":material/lock:")
except PublishError as error:  # what the lake refuses, a damaged file of it, too
    st.error(markup.sentence(error), icon=":material/block:")
except QueryStoppedError as stopped:
    st.error(markup.sentence(stopped), icon=":material/timer_off:")
finally:  # also when a page stops early
    pacing.page_sent()
    with st.sidebar:
        filters(periods, releases, release)
