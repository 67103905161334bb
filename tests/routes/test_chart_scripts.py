"""What draws charts is named in the start document of the pages that have any, and of no other."""

from __future__ import annotations

import re
from urllib.request import urlopen

import pytest

from lib.navigation import PAGES, Entry
from tests.server import Server

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
LINK = re.compile(r'<link rel="modulepreload"[^>]*fetchpriority="low" href="\./([^"]+)">')


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)
def test_a_page_names_the_scripts_of_its_charts(server: Server, entry: Entry) -> None:
    named = LINK.findall(fetched(f"{server.url}/{entry.path}").decode())
    assert len(named) == (4 if entry.charts else 0)
    for script in named:
        assert b"import" in fetched(f"{server.url}/{script}")


def fetched(address: str) -> bytes:
    """What is there in the end: a visit is sent on to the release it is pinned to."""
    with urlopen(address, timeout=60) as answer:
        content: bytes = answer.read()
    return content
