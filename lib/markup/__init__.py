"""View objects as HTML: every text escaped, nothing but the classes of `assets/style.css`.

One string per block is far less for a browser to build than a component per line: the cards of
a page cost one element instead of twenty.
"""

from lib.markup.bulletin import bulletin, passage
from lib.markup.cards import cards
from lib.markup.cases import case_cards, case_page, case_tabs, panels, reported
from lib.markup.help import answers, guide, help_tabs
from lib.markup.places import onward, siblings, tile_map
from lib.markup.proofread import proofread
from lib.markup.sections import sections, timeline
from lib.markup.tags import badge, link, plain, sentence
from lib.markup.texts import (
    beside_standing,
    downloads,
    figure,
    file_head,
    heading,
    note,
    numbered,
    pairs,
    reading,
    standing,
    table,
    takeaway,
    title,
)

__all__ = [
    "answers",
    "badge",
    "beside_standing",
    "bulletin",
    "cards",
    "case_cards",
    "case_page",
    "case_tabs",
    "downloads",
    "figure",
    "file_head",
    "guide",
    "heading",
    "help_tabs",
    "link",
    "note",
    "numbered",
    "onward",
    "pairs",
    "panels",
    "passage",
    "plain",
    "proofread",
    "reading",
    "reported",
    "sections",
    "sentence",
    "siblings",
    "standing",
    "table",
    "takeaway",
    "tile_map",
    "timeline",
    "title",
]
