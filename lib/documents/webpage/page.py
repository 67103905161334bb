"""The .html: the template, style and script beside this file in one document that asks nobody anything."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lib.catalog.demo import DEMO_MARK
from lib.documents.behind import definitions
from lib.documents.stamp import MISSING_RULE, OPEN, stamp
from lib.documents.webpage.content import all_figures, chapters
from lib.inlined import inlined, policy_hash
from lib.insight.overview import Overview, overview
from lib.insight.table import Table, table
from lib.insight.wording import listed_whole
from lib.queries.facts import fact_book
from lib.selection import Selection
from lib.views.section import is_chosen

_HERE = Path(__file__).parent


def summary_html(selection: Selection) -> bytes:
    """离线网页 for a selection, UTF-8 without BOM. Raises UnknownReleaseError."""
    own, view = stamp(selection), overview(selection)
    css, js = inlined(_HERE / "page.css"), inlined(_HERE / "page.js")
    html = _environment().get_template("page.html").render(
        stamp=own, secrecy=OPEN, demo_mark=DEMO_MARK, missing_rule=MISSING_RULE,
        view=view, chapters=chapters(selection), ends=_ends(view), sums=_sums(view),
        mentions="、".join(one.text for one in (*view.district_mentions, *view.department_mentions)),
        figures=all_figures(selection), meanings=_meanings(selection),
        files=table(("文件", "SHA-256"), _files(own.release.sources)),
        policy=_policy(css, js), css=Markup(css), js=Markup(js),
    )  # fmt: skip
    return html.encode()


def _ends(view: Overview) -> Table:
    ranks = (*view.district_ranks, *view.department_ranks)
    return table(("指标", "领先", "落后"), ((r.name, r.best_text, r.worst_text) for r in ranks))


def _sums(view: Overview) -> Table:
    rows = (
        (f.name, f.status, f.stated, f.computed, f.arithmetic, f.resolver) for f in view.unresolved
    )
    return table(("事项", "结论", "所称", "计算", "算式", "由谁核对"), rows)


def _meanings(selection: Selection) -> Table:
    """What the metrics in view mean."""
    facts = fact_book(selection.release_id, selection.period)
    chosen = (f for f in facts if is_chosen(f.district, f.department, selection))
    lines = (line.partition("：") for line in definitions(chosen))
    return table(("指标", "定义"), ((name, meaning) for name, _, meaning in lines))


def _files(sources: list[dict[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((source["file"], source["sha256"]) for source in sources))


def _policy(css: str, js: str) -> str:
    """Nothing may be fetched, and no other style or script may run."""
    return (
        f"default-src 'none'; style-src '{policy_hash(css)}'; script-src '{policy_hash(js)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["drawing"] = Markup  # what draws it escapes its texts
    made.filters["listed_whole"] = listed_whole
    return made
