"""The app behind a real nginx with the example we ship: everything works, nobody is taken for another."""

from __future__ import annotations

import http.client
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

import pytest
from playwright.sync_api import Page, Playwright, expect

from lib.access.roles import VISITOR
from lib.access.ways import Caller, visitor
from tests.chromium import CHROMIUM, FLAGS
from tests.e2e.steps import choose_district, downloaded, heading, settled
from tests.install.proxy import EXAMPLE, NAME, PASSWORD, Proxy, checked, configured, in_front
from tests.security.conftest import ACCOUNTS, people_file
from tests.server import running

HOME = "/?release=R0001&period=2022H1"
FILE = "/download/centers.csv?release=R0001&period=2022H1"
ONCE = (
    "strict-transport-security", "content-security-policy", "x-frame-options", "x-content-type-options",
    "referrer-policy", "cross-origin-opener-policy", "permissions-policy",
)  # fmt: skip
SHEET = "截止日期,部门,预警件数,超期件数\n2022-06-30,市教育局,33,1\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office whose people sign in at nginx."""
    folder = tmp_path_factory.mktemp("proxied") / "data"
    folder.mkdir()
    people_file(folder, "查看", "管理")
    return folder


@pytest.fixture(scope="module")
def proxy(data: Path) -> Iterator[Proxy]:
    """nginx that asks for a password, before the app that trusts it."""
    folder = data.parent
    people = "".join(f"{ACCOUNTS[name]}:{{PLAIN}}{PASSWORD}\n" for name in ("查看", "管理"))
    (folder / "people").write_text(people, encoding="utf-8")
    settings = {"TONGBAO_SIGN_IN": "proxy", "TONGBAO_HOSTS": NAME, "TONGBAO_METRICS": "1"}
    with running(folder, **settings) as server:
        port = int(server.url.rpartition(":")[2])
        with in_front(folder, port, sign_in=True) as found:
            yield found


@pytest.fixture(scope="module")
def page(proxy: Proxy, playwright: Playwright) -> Iterator[Page]:
    """A browser of somebody who may publish."""
    flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    context = browser.new_context(
        ignore_https_errors=True,
        http_credentials={"username": ACCOUNTS["管理"], "password": PASSWORD},
    )
    yield context.new_page()
    browser.close()


def signed(name: str) -> dict[str, str]:
    """What the browser of a person adds."""
    return {"authorization": f"Basic {b64encode(f'{ACCOUNTS[name]}:{PASSWORD}'.encode()).decode()}"}


@pytest.mark.parametrize("sign_in", [False, True])
def test_nginx_takes_the_example(tmp_path: Path, sign_in: bool) -> None:
    assert checked(configured(tmp_path, 8501, 8443, 8080, sign_in)) == ""


def test_a_word_nginx_does_not_know_is_found(tmp_path: Path) -> None:
    config = configured(tmp_path, 8501, 8443, 8080, False)
    broken = (tmp_path / "tongbao.conf").read_text().replace("proxy_pass ", "proxy_pas ", 1)
    (tmp_path / "tongbao.conf").write_text(broken)
    assert 'unknown directive "proxy_pas"' in checked(config)


@pytest.mark.browser
def test_a_page_its_filters_uploads_and_documents_work(proxy: Proxy, page: Page) -> None:
    said: list[str] = []
    sockets: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{proxy.url}/centers")
    heading(page, "服务阵地")
    settled(page)
    assert sockets == [f"wss://{NAME}:{proxy.https}/_stcore/stream"]
    choose_district(page, "溧阳市")
    expect(page).to_have_url(f"{proxy.url}/centers?release=R0001&period=2022H1&district=liyang")
    settled(page)
    assert "便民点,200,200,35,142" in downloaded(page, "CSV").decode("utf-8-sig")

    page.goto(f"{proxy.url}/upload")
    heading(page, "数据上报")
    content = {"name": "预警.csv", "mimeType": "text/csv", "buffer": SHEET.encode("gbk")}
    page.locator("input[type=file]").set_input_files(content)  # type: ignore[arg-type]
    expect(page.get_by_text("预警.csv").first).to_be_visible()
    expect(page.get_by_text("GB18030").or_(page.get_by_text("市教育局")).first).to_be_visible()
    assert [line for line in said if "Content Security" in line or "WebSocket" in line] == []
    cookie = next(c for c in page.context.cookies() if c["name"] == "tongbao_visit")
    assert (cookie["secure"], cookie["httpOnly"]) == (True, True)


def test_every_guarding_header_comes_once(proxy: Proxy) -> None:
    for path in (HOME, "/assets/none.js", FILE, "/static/none.js"):
        answer = proxy.asked(path, **signed("查看"))
        assert {name: len(answer.all(name)) for name in ONCE} == dict.fromkeys(ONCE, 1), path
        assert answer.all("server") == ["nginx"]
    policy = proxy.asked(HOME, **signed("查看")).all("content-security-policy")[0]
    assert f"wss://{NAME}:{proxy.https}" in policy


def test_a_document_comes_whole_and_under_its_name(proxy: Proxy) -> None:
    answer = proxy.asked("/document/bulletin?release=R0001&period=2022H1", **signed("查看"))
    assert answer.status == 200
    assert is_zipfile(BytesIO(answer.body))
    assert "R0001.docx" in answer.all("content-disposition")[0]


def test_another_name_is_refused_by_the_app(proxy: Proxy) -> None:
    answer = proxy.asked("/", host="evil.example", **signed("查看"))
    assert answer.status == 403
    assert "TONGBAO_HOSTS" in answer.body.decode()


def test_nobody_names_himself(proxy: Proxy, data: Path) -> None:
    assert proxy.asked(FILE).status == 401
    assert proxy.asked(FILE, x_remote_user=ACCOUNTS["管理"]).status == 401
    forged = {
        "x_remote_user": ACCOUNTS["管理"], "x_forwarded_for": "10.0.0.7", "x_real_ip": "127.0.0.1",
        "forwarded": "for=127.0.0.1",
    }  # fmt: skip
    assert proxy.asked(FILE, **signed("查看"), **forged).status == 200
    logged = "".join(path.read_text("utf-8") for path in sorted((data / "audit").glob("*.jsonl")))
    last = [line for line in logged.splitlines() if "服务阵地" in line][-1]
    assert "查看岗" in last
    assert "管理岗" not in last
    assert proxy.asked("/metrics", **signed("管理"), **forged).status == 404


def test_who_comes_through_and_does_not_sign_in_only_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TONGBAO_SIGN_IN", raising=False)
    assert "proxy_set_header X-Real-IP $remote_addr;" in EXAMPLE
    through = Caller("127.0.0.1", "127.0.0.1", {"x-real-ip": "10.0.0.7"}, {})
    assert visitor(through).person == VISITOR


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.http, timeout=60)
    connection.request("GET", "/centers?a=1", headers={"host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (308, f"{proxy.url}/centers?a=1")
    connection.close()


def test_uploads_are_let_through_as_large_as_the_app_takes_them(proxy: Proxy) -> None:
    path = "/_stcore/upload_file/none/none"
    mb = 1024 * 1024
    by_app = proxy.asked(path, "PUT", bytes(32 * mb), **signed("管理"))
    assert by_app.status == 403
    assert "打开原页面的人" in by_app.body.decode()
    assert proxy.asked(path, "PUT", bytes(35 * mb), **signed("管理")).status == 413


def test_texts_come_compressed(proxy: Proxy) -> None:
    answer = proxy.asked(HOME, accept_encoding="gzip", **signed("查看"))
    script = answer.body  # the start document, compressed by one of the two
    assert answer.all("content-encoding") == ["gzip"]
    assert script[:2] == b"\x1f\x8b"
