"""The bar with every page, above the page. Plain HTML: there before any script runs, drawn once."""

from __future__ import annotations

from html import escape

from lib.help.guides import GUIDES
from lib.navigation import PAGES, Entry


def _entry(entry: Entry) -> str:
    """A link that `links.js` follows without loading the app again."""
    return f'<a class="tb-go" href="./{escape(entry.path)}">{escape(entry.title)}</a>'


def _group(name: str, entries: tuple[Entry, ...]) -> str:
    """The pages of a group behind its name; those of no group, or alone, stand in the bar itself."""
    shown = "".join(_entry(entry) for entry in entries if not entry.hidden)
    if not name or [entry.title for entry in entries] == [name]:
        return shown
    head = f'<details name="tb-menu"><summary>{escape(name)}</summary>'
    return f"{head}<div>{shown}</div></details>"


def _hint() -> str:
    """What a first visit sees once: `hint.js` shows it, for what is shown without has no way to end."""
    words = "".join(
        f"<span>{escape(guide.audience)} {escape('·'.join(guide.words))}</span>" for guide in GUIDES
    )
    more = '<a class="tb-go" href="./help">看步骤</a><button type="button">知道了</button>'
    return f'<div class="tb-hint" role="note" aria-label="第一次来" hidden>{words}{more}</div>'


def menu() -> str:
    """The bar as HTML; its links are relative to the page they stand on."""
    groups = "".join(_group(name, entries) for name, entries in PAGES.items())
    skip = '<a class="tb-skip" href="#stMain">跳到正文</a>'  # first, for who goes by keyboard
    return f'<nav class="tb-menu" aria-label="栏目">{skip}<strong>通报台</strong>{groups}{_hint()}</nav>'
