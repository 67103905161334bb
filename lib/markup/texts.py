"""Titles, headings, notes, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from lib.insight.table import Table
from lib.insight.wording import in_full
from lib.links import carried, document_address, download_address
from lib.markup.tags import badge, cell, link, sources_address, tag, wrap
from lib.views.staff import StaffProgress

_LABEL = 5  # characters of a column's label that stay on one line


def file_head(name: str, summary: str, badges: Sequence[tuple[str, str]]) -> str:
    """A file's or part's name, what it is, and (text, tone) badges."""
    shown = " ".join(tag("span", escape(text), f"tb-light tb-{tone}") for text, tone in badges)
    return tag("p", f"<strong>{escape(name)}</strong> {shown}<br>{escape(summary)}", "tb-file")


def table(content: Table) -> str:
    """A short table that scrolls inside itself where the screen is narrow.

    Figures lead to their sources, places to their profiles.
    """
    head = "".join(tag("th", escape(label), wrap(label, _LABEL)) for label in content.columns)
    rows = "".join(
        tag("tr", "".join(tag("td", cell(text), wrap(text)) for text in row))
        for row in content.rows
    )
    body = f"<thead>{tag('tr', head)}</thead><tbody>{rows}</tbody>"
    label = escape("、".join(content.columns), quote=True)
    return (
        f'<div class="tb-scroll" tabindex="0" role="group" aria-label="表格：{label}">'
        f"{tag('table', body, 'tb-table')}</div>"
    )


def pairs(rows: Iterable[Sequence[str]]) -> str:
    """What a thing is, line by line: (label, text); long texts wrap."""
    body = "".join(
        tag("tr", f'<th scope="row">{escape(label)}</th>{tag("td", escape(text))}')
        for label, text in rows
    )
    return tag("table", f"<tbody>{body}</tbody>", "tb-table tb-pairs")


def numbered(sentences: Iterable[str]) -> str:
    """Sentences as a numbered list."""
    return tag("ol", "".join(tag("li", escape(text)) for text in sentences), "tb-list")


def heading(text: str, remark: str = "", more: str = "") -> str:
    """A section's heading with an optional remark, and a link to the page (`more`) with all of it."""
    aside = f" {tag('small', escape(remark))}" if remark else ""
    onward = f" {link('看全部', carried(more), 'tb-more')}" if more else ""
    return tag("h2", escape(text) + aside + onward, "tb-heading")


def title(text: str, remark: str) -> str:
    """A page's title and the line under it."""
    return tag("h1", escape(text), "tb-title") + note(remark)


def downloads(view: str, item: str = "") -> str:
    """Links to a view's table as files; of one item, where a list of cases is."""
    links = (
        f'<a download href="{escape(download_address(view, suffix, item=item))}">下载{label}</a>'
        for label, suffix in (("CSV", "csv"), ("Excel", "xlsx"))
    )
    return tag("p", "".join(links), "tb-downloads")


def takeaway(documents: Iterable[tuple[str, str, str]]) -> str:
    """Links to documents, one click each: (id, label, suffix)."""
    links = "".join(
        f'<a download href="{escape(document_address(id))}">{escape(label)} '
        f"<small>{escape(suffix)}</small></a>"
        for id, label, suffix in documents
    )
    return tag("nav", tag("span", "带走") + links, "tb-takeaway")


def reading(text: str, seen: bool = True) -> str:
    """The sentence that says what a chart shows; unseen, screen readers still say it."""
    return tag("p", escape(text), "tb-reading" if seen else "tb-unseen")


def standing(progress: StaffProgress) -> str:
    """How far a goal is reached, and whether that keeps pace with the year; each figure leads to its source."""
    done, goal, share = (
        link(text, sources_address(facts), "tb-source")
        for text, facts in (
            (in_full(progress.done), (progress.done,)),
            (in_full(progress.goal), (progress.goal,)),
            (progress.share, (progress.done, progress.goal)),
        )
    )
    light = badge(progress.light)
    said = f"全市已培育 <strong>{done}</strong>，目标{goal}，完成 <strong>{share}</strong> {light} {escape(progress.pace)}。"
    return tag("p", said, "tb-reading")


def beside_standing(progress: StaffProgress) -> str:
    """Figures near those of a goal that do not count towards it; each leads to its source."""
    notes = []
    for fact in progress.related:
        figure = link(in_full(fact), sources_address((fact,)), "tb-source")
        where = f"{escape(fact.section)}，" if fact.section else ""
        said = f"相关：{where}专员业务培训{figure}；培训人数不等于已培育人数，不计入进度。"
        notes.append(tag("p", said, "tb-note"))
    return "".join(notes)


def figure(text: str) -> str:
    """One figure in large type."""
    return tag("p", tag("strong", escape(text)), "tb-figure")


def note(text: str) -> str:
    """A line in small, faint type."""
    return tag("p", escape(text), "tb-note")
