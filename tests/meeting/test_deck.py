"""The exported rehearsal: one file that carries everything."""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest

from lib.insight.overview import overview
from lib.meeting import slides
from lib.meeting.deck import exported_deck, served_deck, sorry
from lib.queries.release import UnknownReleaseError, opened_release
from lib.selection import Selection
from lib.store.rehearsals import Planned
from lib.views.register import VIEWS
from tests.kept import first_release, publish
from tests.meeting.plans import WHOLE, rehearsal
from tests.synthetic import synthetic_files

NOW = dt.datetime(2026, 11, 23, 10, 40, tzinfo=dt.UTC)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&\"'{{ 7*7 }}"
FETCHING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping"}


class Seen(HTMLParser):
    """The tags of a document with their attributes, and how many slides it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def text_of(html: str) -> str:
    """The words of a document's slides."""
    body = html[html.index("<main>") : html.index("</main>")]
    return unescape(re.sub("<[^>]+>", "\n", body))


@pytest.fixture(scope="module")
def whole() -> str:
    """The exported deck of every slide there is."""
    return exported_deck(rehearsal(), opened_release("R0001"), NOW).decode()


def test_a_deck_carries_everything_and_asks_for_nothing(whole: str) -> None:
    seen = Seen(whole)
    assert {tag for tag, _ in seen.tags} & {"img", "iframe", "object", "embed", "base", "audio"} == set()  # fmt: skip
    assert [t for t, attrs in seen.tags if FETCHING & set(attrs)] == []
    links = [attrs.get("href") or attrs.get("xlink:href") for _, attrs in seen.tags]
    assert [link for link in links if link and not link.startswith(("#", "data:"))] == []
    addresses = set(re.findall(r"(?:https?:)?//[\w.]+", whole))
    assert addresses <= {"http://www.w3.org"}  # names of SVG's vocabulary, never fetched
    assert "@import" not in whole
    assert not re.search(r"url\((?!#)", whole)
    assert [name for _, attrs in seen.tags for name in attrs if name.startswith("on")] == []


def test_a_deck_allows_only_its_own_style_and_script(whole: str) -> None:
    served = served_deck(rehearsal("cover"), None)
    for html, reach in ((whole, "'none'"), (served.html, "'self'")):
        policy = next(attrs["content"] for _, attrs in Seen(html).tags if attrs.get("http-equiv"))
        assert policy.startswith("default-src 'none'; ")
        assert f"connect-src {reach};" in policy
        for tag in ("style", "script"):
            inside = html.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
            digest = b64encode(sha256(inside.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in whole[:2000]
    assert unescape(served.policy) == served.policy


def test_a_deck_shows_the_figures_of_the_pages(whole: str) -> None:
    words = text_of(whole).splitlines()
    view = overview(WHOLE)
    for card in view.cards:
        assert words.count(card.value) >= 2  # beside the others, and alone
        assert all(line in words for line in card.lines)
    assert all(sentence.text in words for sentence in view.sentences)
    for kind in VIEWS:
        shown = kind.make(WHOLE)
        assert all(cell in words for row in shown.table.rows for cell in row if cell)
        assert any(shown.reading in line for line in words)


def test_every_slide_says_release_scope_page_and_secrecy(whole: str) -> None:
    slides_html = whole.split('<section class="slide')[1:]
    total = len(slides_html)
    label = opened_release("R0001").label
    for n, one in enumerate(slides_html, 1):
        footer = unescape(re.sub("<[^>]+>", " ", one[one.index("<footer>") :]))
        assert "2022年上半年｜全市，全部部门｜导出于 2026-11-23 18:40" in footer
        assert f"版本 {label}｜数据时点 2022-06-30 至 2022-08-08" in footer
        assert "非涉密" in footer
        assert re.search(rf" {n} +/ {total}\b", footer)


def test_hostile_titles_and_notes_stay_texts() -> None:
    plan = rehearsal(Planned("cover", HOSTILE), Planned("view:staff", HOSTILE), title=HOSTILE)
    for html in (served_deck(plan, None).html, exported_deck(plan, None, NOW).decode()):
        seen = Seen(html)
        assert [tag for tag, _ in seen.tags].count("script") == 1
        assert "img" not in [tag for tag, _ in seen.tags]
        assert "{{ 7*7 }}" in html
        assert text_of(html).count(HOSTILE) == 3


def test_a_served_deck_asks_after_its_release_and_knows_the_way_back() -> None:
    at = Selection("R0001", "2022H1", ("xinbei",))
    (body,) = [a for tag, a in Seen(served_deck(rehearsal("cover", at=at), None).html).tags if tag == "body"]  # fmt: skip
    assert body["data-status"] == "status?release=R0001"
    assert body["data-back"] == "../meeting?release=R0001&period=2022H1&district=xinbei"


def test_an_exported_deck_asks_nobody_and_may_leave_out_what_is_said() -> None:
    plan = rehearsal(Planned("cover", "先讲超期"))
    html = exported_deck(plan, None, NOW).decode()
    assert 'data-status="" data-back=""' in html
    assert "先讲超期" in html
    assert "先讲超期" not in exported_deck(plan, None, NOW, notes=False).decode()


def test_a_newer_release_is_announced_and_changes_no_figure() -> None:
    plan, live = rehearsal("cover", "cards"), opened_release("R0001")
    newer = replace(live, id="R0005", number=5)
    before, after = served_deck(plan, live).html, served_deck(plan, newer).html
    assert 'role="alert" hidden' in before
    assert 'role="alert">有新版本 <b id="newer-label">R0005' in after
    assert text_of(before) == text_of(after)


def test_order_notes_and_seconds_are_as_planned() -> None:
    plan = rehearsal(
        Planned("table:warnings", "念前三个", 61), Planned("cover", "", 5, shown=False),
        Planned("cards", "", 90),
    )  # fmt: skip
    html = served_deck(plan, None).html
    assert re.findall(r'data-seconds="(\d+)"', html) == ["31", "31", "90"]
    assert re.findall(r'<div class="notes" hidden>(.*?)</div>', html) == [
        "念前三个",
        "念前三个",
        "",
    ]
    assert "第1页，网办预警与超期（1/2）" in html


def test_made_up_figures_are_marked_on_every_slide(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    first_release(tmp_path)
    release = publish(synthetic_files("2022H2"))
    for period, marked in (("2022H2", True), ("2022H1", False)):
        html = served_deck(rehearsal(at=Selection(release.id, period)), release).html
        sections = html.split('<section class="slide')[1:]
        assert len(sections) > 12
        for section in sections:
            assert ('<div class="watermark"' in section) is marked
            assert ("演示数据，不得引用" in section) is marked


def test_a_deck_of_every_slide_is_drawn_once() -> None:
    slides._drawn.cache_clear()
    slides._pages.cache_clear()
    served_deck(rehearsal(), None)
    made = slides._drawn.cache_info().misses, slides._pages.cache_info().misses
    assert min(made) > 0
    served_deck(rehearsal(), None)
    assert (slides._drawn.cache_info().misses, slides._pages.cache_info().misses) == made


def test_a_release_that_is_not_here_is_told() -> None:
    with pytest.raises(UnknownReleaseError, match="R0099"):
        served_deck(rehearsal("cover", at=Selection("R0099", "2022H1")), None)


def test_a_page_without_a_deck_is_as_strict() -> None:
    made = sorry(f"没有{HOSTILE}")
    assert "没有&lt;/script&gt;" in made.html
    assert "script-src" not in made.policy
    assert made.policy.startswith("default-src 'none'")
