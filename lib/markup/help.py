"""使用帮助: the ways to each part, steps with their screenshots, questions with their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from lib.assets import asset_address
from lib.catalog.demo import DEMO_MARK
from lib.help.guides import SIZE, Guide, Step
from lib.help.questions import Answer
from lib.links import carried
from lib.markup.tags import link, tag
from lib.navigation import ENTRY_BY_FILE


def help_tabs(parts: Mapping[str, str], shown: str) -> str:
    """The parts of the help (id > name), the one in view marked."""
    tabs = "".join(
        tag("strong", escape(name)) if id == shown else link(name, carried("help", part=id))
        for id, name in parts.items()
    )
    return f'<nav class="tb-tabs tb-parts" aria-label="使用帮助的各部分">{tabs}</nav>'


def guide(shown: Guide) -> str:
    """The steps of an audience, each beside its screenshot."""
    return tag("ol", "".join(map(_step, shown.steps)), "tb-steps")


def _step(step: Step) -> str:
    words = (
        tag("h2", escape(step.title), "tb-heading")
        + tag("p", escape(step.do))
        + tag("p", f"{tag('strong', '然后看到')}　{escape(step.see)}")
        + tag("p", _onward(step.page))
    )
    width, height = SIZE
    picture = (
        f'<img src="{escape(asset_address(step.picture))}" width="{width}" height="{height}"'
        f' loading="lazy" alt="{escape(step.alt)}">'
    )
    said = tag("figcaption", f"图中改动的数是{DEMO_MARK}。") if step.made_up else ""
    figure = tag("figure", picture + said, "tb-made-up" if step.made_up else "")
    return tag("li", tag("div", words) + figure)


def _onward(page: str) -> str:
    return link(f"打开{ENTRY_BY_FILE[page].title}", carried(page))


def answers(items: Iterable[Answer]) -> str:
    """Questions, each with its answer and the way on."""
    return "".join(
        tag("h2", escape(item.question), "tb-heading")
        + tag("p", escape(item.answer) + (f"　{_onward(item.page)}" if item.page else ""))
        for item in items
    )
