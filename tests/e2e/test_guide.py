"""使用帮助 says what can be done: every step is walked with the controls it names."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from lib.help.guides import STEPS
from tests.server import Server

from .guide import walked
from .steps import stayed_home, visit

pytestmark = pytest.mark.browser


def test_every_step_can_be_walked_with_the_controls_it_names(
    browser: Browser, own_server: Server
) -> None:
    page = visit(browser, own_server.url, "laptop")
    done = {step.id for step, _ in walked(page, own_server.url)}
    assert done == {step.id for step in STEPS}
    assert stayed_home(page)
    page.context.close()
