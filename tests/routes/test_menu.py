"""The bar with every page: part of the start document, for whoever asks for any page."""

from __future__ import annotations

import re

import pytest

from lib.navigation import PAGES, Entry
from lib.routes.menu import menu
from lib.routes.start import document

ENTRIES = [entry for entries in PAGES.values() for entry in entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)
def test_a_page_stands_in_the_bar_once_unless_it_is_hidden(entry: Entry) -> None:
    links = re.findall(r'<a class="tb-go" href="\./([^"]*)">([^<]*)</a>', menu())
    assert links.count((entry.path, entry.title)) == (0 if entry.hidden else 1)


def test_the_bar_is_in_the_start_document_before_the_app() -> None:
    made = document()
    assert made.count("<nav") == 1
    assert made.index(menu()) < made.index('<div id="root"')


def test_every_named_group_opens_by_its_name_and_only_one_at_a_time() -> None:
    names = re.findall(r'<details name="tb-menu"><summary>([^<]*)</summary>', menu())
    assert names == [name for name, held in PAGES.items() if name and held[0].title != name]
