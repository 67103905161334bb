"""Signing in with a real OIDC provider and a real browser, and what a cookie is worth afterwards.

Replay after a sign-out and of the callback, a second tab, tampered and forged cookies.
"""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lib.audit.listing import matching
from tests.security.conftest import copied, people_file
from tests.security.tab import Tab
from tests.security.wire import asked, identity_given
from tests.server import free_port, running

pytestmark = pytest.mark.browser
SECRET = secrets.token_hex(32)
FILE = "/download/centers.csv?release=R0001&period=2022H1"


@dataclass(frozen=True)
class SignedOffice:
    """A server that people sign in to, and its data folder."""

    url: str
    data: Path


@contextmanager
def provider() -> Iterator[str]:
    """An OIDC provider that signs in whoever says who they are; its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                asked(f"http://localhost:{port}", "/.well-known/openid-configuration")
                break
            except OSError:
                assert time.monotonic() < until, "the provider did not start"
                time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedOffice]:
    folder, port = tmp_path_factory.mktemp("signed"), free_port()
    root = copied(folder / "project")
    (folder / "data").mkdir()
    people_file(folder / "data", "溧阳", "管理")
    with provider() as issuer:
        auth = {
            "redirect_uri": f"http://127.0.0.1:{port}/oauth2callback", "cookie_secret": SECRET,
            "client_id": "tongbao", "client_secret": "of-the-client",
            "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
        }  # fmt: skip
        lines = [f"{name} = {json.dumps(value)}" for name, value in auth.items()]
        secret = root / ".streamlit" / "secrets.toml"
        secret.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
        with running(folder, port, root, TONGBAO_SIGN_IN="oidc") as server:
            yield SignedOffice(server.url, folder / "data")


def signed_in(context: BrowserContext, url: str, account: str) -> Page:
    """A tab after the person signed in."""
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator("input[name=sub]").fill(account)
    page.locator("button, input[type=submit]").first.click()
    page.get_by_text("岗｜").first.wait_for()
    return page


def cookies(context: BrowserContext) -> dict[str, str]:
    held = [c for c in context.cookies() if c["name"].startswith("_streamlit_user")]
    return {"Cookie": "; ".join(f"{c['name']}={c['value']}" for c in held)}


def comes_in(url: str, headers: dict[str, str]) -> tuple[bool, bool]:
    """Whether a cookie opens a page, and a file."""
    with Tab(url, "staff", headers) as tab:
        tab.run()
        return "775人" in tab.text, asked(url, FILE, **headers).status == 200


def noted(office: SignedOffice, who: str) -> list[tuple[str, str]]:
    """What the audit log holds of somebody, oldest first: what they did, how it ended."""
    held = [entry.event for entry in matching(office.data / "audit")]
    return [(event.action, event.result) for event in held if event.who == who][::-1]


def test_nobody_comes_in_without_signing_in(here: SignedOffice, browser: Browser) -> None:
    assert comes_in(here.url, {}) == (False, False)
    assert noted(here, "访客")[-1] == ("拒绝", "拒绝")
    page = browser.new_page(locale="zh-CN")
    page.goto(here.url)
    page.get_by_role("button", name="登录", exact=True).wait_for()
    expect(page.locator("nav")).to_contain_text("通报台")
    expect(page.locator("nav").get_by_role("link")).to_have_count(0)
    page.close()


@pytest.mark.case(5, 6)
def test_a_sign_out_ends_every_tab_and_every_copy_of_the_cookie(
    here: SignedOffice, browser: Browser
) -> None:
    context = browser.new_context(locale="zh-CN")
    first = signed_in(context, here.url, "ly")
    first.get_by_text("溧阳岗｜填报（溧阳市）").wait_for()
    second = context.new_page()
    second.goto(f"{here.url}/staff")
    second.get_by_text("775").first.wait_for()
    kept = cookies(context)
    assert comes_in(here.url, kept) == (True, True)
    assert noted(here, "溧阳岗")[-2:] == [("登录", "成功"), ("导出", "成功")]

    first.get_by_role("button", name="退出登录").click()
    first.wait_for_url("**/end_session**")  # the provider's own sign-out
    first.goto(here.url)
    first.get_by_role("button", name="登录", exact=True).wait_for()
    second.get_by_role("button", name="溧阳市").first.click()  # a filter of the tab still open
    second.get_by_text("您已退出登录").wait_for()
    expect(second.get_by_text("775")).to_have_count(0)
    assert comes_in(here.url, kept) == (False, False)

    assert noted(here, "溧阳岗")[-1] == ("退出", "成功")

    again = signed_in(context, here.url, "ly")
    again.get_by_text("溧阳岗｜填报（溧阳市）").wait_for()
    assert comes_in(here.url, cookies(context)) == (True, True)
    assert comes_in(here.url, kept) == (False, False)
    context.close()


def test_an_account_that_is_not_on_the_list_is_told_so(
    here: SignedOffice, browser: Browser
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(here.url)
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator("input[name=sub]").fill("nobody")
    page.locator("button, input[type=submit]").first.click()
    page.get_by_text("账号 nobody 还没有开通").wait_for()
    assert noted(here, "nobody") == [("登录", "拒绝")]
    assert page.get_by_text("R0001").count() == 0
    context.close()


@pytest.mark.case(8, 9)
def test_a_cookie_is_worth_nothing_unless_this_server_signed_it(
    here: SignedOffice, browser: Browser
) -> None:
    context = browser.new_context(locale="zh-CN")
    signed_in(context, here.url, "gl")
    good = cookies(context)
    assert comes_in(here.url, good) == (True, True)
    name, _, value = good["Cookie"].partition("=")
    tampered = {"Cookie": f"{name}={'A' if value[5] != 'A' else 'B'}{value[1:]}"}
    claims = json.dumps({"is_logged_in": True, "sub": "gl", "iat": 4_000_000_000})
    forged = create_signed_value("changeme", "_streamlit_user", claims).decode()
    for headers in (tampered, {"Cookie": f"_streamlit_user={forged}"}):
        assert comes_in(here.url, headers) == (False, False)
    context.close()


@pytest.mark.case(12)
def test_a_link_from_elsewhere_can_at_worst_sign_out(here: SignedOffice, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    signed_in(context, here.url, "gl")
    held = cookies(context)
    asked(here.url, "/auth/logout", **held)
    assert comes_in(here.url, held) == (False, False)
    context.close()


@pytest.mark.case(11)
def test_a_callback_signs_in_once_and_nobody_else(here: SignedOffice, browser: Browser) -> None:
    context, requested = browser.new_context(locale="zh-CN"), list[str]()
    context.on("request", lambda request: requested.append(request.url))
    signed_in(context, here.url, "gl")
    [callback] = [url for url in requested if "/oauth2callback?" in url]
    held = "; ".join(f"{c['name']}={c['value']}" for c in context.cookies(here.url))
    assert "_streamlit_user=" in held
    assert identity_given(callback, held) == []
    for address in (callback, f"{here.url}/oauth2callback?code=x&state=y"):
        assert identity_given(address) == []
    context.close()
