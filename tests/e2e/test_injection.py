"""A release full of hostile texts, in a real browser: shown, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.security.hostile import LONG, NAME, hostile_lake
from tests.server import Server, running

from .steps import CHART, at_rest, opened, screen, stayed_home

pytestmark = pytest.mark.browser
# Elements that came from data: they fetch, run or lead somewhere a text named.
ALIVE = """() => {
  const found = window.hacked ? ["a script ran"] : [];
  for (const e of document.querySelectorAll("*")) for (const { name, value } of e.attributes)
    if (!(e.tagName === "A" && encodeURI(e.textContent.trim()) === value) && (  // says where it leads
        name.startsWith("on") || name === "srcdoc" ||
        (["src", "href", "srcset", "action", "data", "content"].includes(name) &&
         /^\\s*javascript:|^[a-z:/]*planted\\.invalid/i.test(value))))
      found.push(`${e.tagName} ${name}`);
  if (getComputedStyle(document.body).display === "none") found.push("hidden");
  return found;
}"""


@dataclass(frozen=True)
class Hostile:
    """A server on hostile data, and the address of a deck on it."""

    server: Server
    deck: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile")
    deck = hostile_lake(folder / "data")
    with running(folder) as server:
        yield Hostile(server, deck)


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """One browser for all, which has the scripts after the first page."""
    found = screen(browser, "laptop")
    yield found
    found.close()


@pytest.fixture
def page(visitor: BrowserContext, hostile: Hostile) -> Iterator[Page]:
    found = opened(visitor, f"{hostile.server.url}/healthz")
    yield found
    found.close()


def drawn(page: Page, url: str) -> Page:
    """The page, once it has said all it has to say."""
    page.goto(url)
    expect(page.locator("[data-testid=stMain] h1").first).to_be_visible()
    at_rest(page)
    return page


# Pages that show free texts of the data, and others that could.
TELLING = ("benefits", "online", "supervision", "bulletin", "releases", "meeting", "verify")
OTHERS = ("", "centers", "district", "department", "upload", "trace?of=warning_count~~2022H1")


@pytest.mark.parametrize("path", [*TELLING, *OTHERS])
@pytest.mark.case(54, 55, 56)
def test_a_page_shows_hostile_texts_as_texts(page: Page, hostile: Hostile, path: str) -> None:
    drawn(page, f"{hostile.server.url}/{path}")
    assert page.evaluate(ALIVE) == []
    assert stayed_home(page)
    if path in TELLING:
        expect(page.get_by_test_id("stMain")).to_contain_text("hacked=1")


@pytest.mark.parametrize(
    "link",
    ["trace?of={}", "trend?release={}", "?district={}&period={}&department={}", "verify?rule={}"],
)
@pytest.mark.case(55)
def test_a_crafted_link_is_only_quoted(page: Page, hostile: Hostile, link: str) -> None:
    """For texts that come with an address."""
    drawn(page, f"{hostile.server.url}/{link.replace('{}', quote(LONG))}")
    assert page.evaluate(ALIVE) == []
    assert stayed_home(page)
    if not link.startswith("verify"):
        expect(page.get_by_test_id("stMain")).to_contain_text("planted.inv")


@pytest.mark.case(54, 57)
def test_a_chart_says_hostile_texts_in_its_tooltip(page: Page, hostile: Hostile) -> None:
    drawn(page, f"{hostile.server.url}/warnings")
    page.locator(f"{CHART} .mark-rect path").first.hover()
    expect(page.locator("#vg-tooltip-element")).to_be_visible()
    assert page.evaluate(ALIVE) == []
    assert stayed_home(page)


@pytest.mark.case(54, 56)
def test_a_deck_shows_hostile_texts_as_texts(page: Page, hostile: Hostile) -> None:
    page.goto(f"{hostile.server.url}/{hostile.deck}")
    expect(page.locator(".slide.on")).to_be_visible()
    assert "hacked=1" in page.locator("body").text_content()  # type: ignore[operator]
    assert page.evaluate(ALIVE) == []
    assert stayed_home(page)


@pytest.mark.case(54, 55)
def test_a_pasted_draft_and_a_hostile_file_name_stay_texts(page: Page, hostile: Hostile) -> None:
    """For what somebody brings along."""
    drawn(page, f"{hostile.server.url}/proofread")
    page.get_by_label("把草稿正文粘贴到这里").fill(f"全市预警999件。{LONG}")
    page.get_by_role("button", name="校对", exact=True).click()
    expect(page.get_by_test_id("stMain").get_by_text("planted.invalid").first).to_be_visible()
    assert page.evaluate(ALIVE) == []
    drawn(page, f"{hostile.server.url}/upload")
    file = {"name": f"{NAME}.csv", "mimeType": "text/csv", "buffer": f"{LONG},a\n1,2\n".encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.get_by_test_id("stMain").get_by_text("onerror").first).to_be_visible()
    assert page.evaluate(ALIVE) == []
    assert stayed_home(page)


@pytest.mark.broken(54, 55, 56)
def test_a_text_that_became_a_page_is_found(page: Page, hostile: Hostile) -> None:
    """The check above sees it; and the policy of `lib/guards/headers.py` stops it all the same."""
    drawn(page, f"{hostile.server.url}/releases")
    put = "text => document.querySelector('[data-testid=stHtml]').insertAdjacentHTML('beforeend', text)"
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        staying = LONG.replace("<meta", "<p")  # no policy keeps that one from leading away
        page.evaluate(put, staying)
    page.wait_for_timeout(300)
    found = page.evaluate(ALIVE)
    assert {"IMG onerror", "IMG src", "IFRAME srcdoc", "svg onload", "hidden"} <= set(found)
    assert "a script ran" not in found
    assert not stayed_home(page), "the browser was asked to fetch something, and refused"
