"""Take the screenshots of 使用帮助 and of the README: `make screenshots`.

They are of a server of their own with the shipped figures, on a laptop's screen, in the light theme;
what a step names is ringed.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from lib.help.guides import SIZE, Step
from tests.chromium import CHROMIUM, FLAGS
from tests.server import running

from .conftest import ROOT
from .guide import walked
from .steps import screen, settled

ASSETS = ROOT / "lib" / "assets"
QUALITY = 72  # of WebP: type stays sharp
COLOURS = 128
README_SIZE = (1440, 810)  # pixels of the whole overview
RING = "e => { e.style.outline = '3px solid #b3261e'; e.style.outlineOffset = '3px'; }"
NO_RING = "e => { e.style.outline = e.style.outlineOffset = ''; }"


def shot(page: Page) -> Image.Image:
    """The screen as it is."""
    return Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert(
        "RGB"
    )


def pressed_or_filled(page: Page, name: str) -> Locator:
    """The button, link or field of that name that is on the screen."""
    used = (
        page.get_by_role("button", name=name, exact=True)
        .or_(page.get_by_role("link", name=name, exact=True))
        .or_(page.get_by_role("textbox", name=name, exact=True))
        .or_(page.get_by_role("combobox", name=name, exact=True))
        .or_(page.get_by_role("radiogroup", name=name, exact=True))
    )
    return used.filter(visible=True).first


def ringed(page: Page, step: Step) -> Image.Image:
    """The screen with what the step names ringed, as far as it is on it."""
    seen = [one for name in step.controls if (one := pressed_or_filled(page, name)).count()]
    for one in seen:
        one.evaluate(RING)
    made = shot(page)
    for one in seen:
        one.evaluate(NO_RING)
    return made


def back_again(browser: Browser, size: str) -> Page:
    """A new page in a browser that has been here before: no hint in the bar."""
    context = screen(browser, size)
    context.add_init_script("try { localStorage.setItem('tongbao-hint', 'seen') } catch {}")
    return context.new_page()


def main() -> None:
    """Write every screenshot anew."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = back_again(browser, "desktop")
        page.goto(server.url)
        settled(page)
        whole = shot(page).resize(README_SIZE, Image.Resampling.LANCZOS)
        whole.quantize(COLOURS, dither=Image.Dither.NONE).save(
            ASSETS / "overview.png", optimize=True
        )
        page = back_again(browser, "laptop")
        for step, seen in walked(page, server.url):
            if seen is page:
                settled(page)
            small = ringed(seen, step).resize(SIZE, Image.Resampling.LANCZOS)
            small.save(ASSETS / step.picture, quality=QUALITY, method=6)
        browser.close()


if __name__ == "__main__":
    main()
