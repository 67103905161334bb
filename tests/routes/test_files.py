"""Tables as files over HTTP: what the links on pages lead to."""

from __future__ import annotations

import io
import re
from hashlib import sha256
from urllib.parse import unquote

import openpyxl
import pytest

from lib.access.roles import ALLOWED, Action, Role
from lib.catalog.places import DISTRICT_IDS
from lib.documents.register import EXPORTS, Export
from lib.links import document_address, download_address, read_selection
from lib.selection import Selection
from lib.views.named import view_named
from lib.views.register import VIEWS
from tests.inside import get

WHOLE = Selection("R0001", "2022H1")
LIYANG = Selection("R0001", "2022H1", ("liyang",), ("education",))
HOME = "?release=R0001&period=2022H1"
NAMES = (
    *(view.id for view in VIEWS),
    "districts-compared", "departments-compared", "standing-liyang", "standing-education",
    "trend-warning_count", "figures-online", "lists-online",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("selection", [WHOLE, LIYANG], ids=["whole", "filtered"])
def test_every_view_is_a_file_with_the_figures_of_its_table(
    name: str, selection: Selection
) -> None:
    view = view_named(name, selection)
    assert view is not None
    status, headers, body = get(download_address(name, "csv", selection))
    assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8")
    lines = body.decode("utf-8-sig").splitlines()
    assert len(lines) == len(view.table.rows) + 1
    assert lines[0].split(",")[:2] == list(view.table.columns[:2])


def test_a_workbook_comes_under_the_name_people_look_for() -> None:
    status, headers, body = get(download_address("centers", "xlsx", LIYANG))
    assert status == 200
    name = unquote(headers["content-disposition"].partition("UTF-8''")[2])
    assert name == "服务阵地提升范围-2022H1-R0001.xlsx"
    rows = list(openpyxl.load_workbook(io.BytesIO(body)).active.values)
    assert [row[0] for row in rows][-1] == "溧阳市"


@pytest.mark.parametrize(
    "address",
    [
        "download/nothing.csv?release=R0001&period=2022H1",
        "download/standing-mars.csv?release=R0001&period=2022H1",
        "download/centers.exe?release=R0001&period=2022H1",
        "download/centers.csv?release=R9999&period=2022H1",
        "download/centers.csv?release=R0001",
        "download/centers.csv?release=R0001&period=2031H1",
        "document/bulletin?release=R9999&period=2022H1",
        "document/nothing?release=R0001&period=2022H1",
        "download/centers.csv",
        "download/..%2Fcenters.csv?release=R0001&period=2022H1",
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(address: str) -> None:
    status, headers, body = get(address)
    assert status == 404
    if "%2F" not in address:
        assert "请从页面上重新下载" in body.decode()
        assert headers["content-type"].startswith("text/plain")


def test_an_address_brings_the_selection_back_in_catalog_order() -> None:
    asked = {"release": ["R1"], "period": ["2022"], "district": [*reversed(DISTRICT_IDS), "mars"]}
    assert read_selection(asked) == Selection("R1", "2022", DISTRICT_IDS)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.id)
def test_every_document_is_a_file_for_the_filters_of_its_link(export: Export) -> None:
    status, headers, body = get(document_address(export.id, LIYANG))
    assert (status, headers["content-type"].partition(";")[0]) == (200, export.mime)
    name = unquote(headers["content-disposition"].partition("UTF-8''")[2])
    assert name == export.file_name(LIYANG)
    assert len(body) > 5_000


def test_every_page_begins_with_our_style_scripts_and_name() -> None:
    for address in (HOME, f"indicators{HOME}", "no-such-page"):
        status, headers, body = get(address)
        html = body.decode()
        assert (status, headers["cache-control"]) == (200, "no-cache")
        assert {'<html lang="zh-CN">', "<title>通报台</title>"} <= set(
            re.findall("<html.*>|<title.*>", html)
        )
        assert "<script>" not in html  # nothing a strict content policy would refuse
        assert html.index("assets/start.js") < html.index('type="module"')
        assert html.index("<body>") < html.index("assets/style.css")  # behind Streamlit's own rules


def test_what_the_start_document_loads_is_there_and_kept_by_its_bytes() -> None:
    loads = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', get(HOME)[2].decode())
    assert len(loads) == 8
    for address in loads:
        status, headers, body = get(address)
        assert status == 200
        assert "immutable" in headers["cache-control"]
        assert address.endswith(sha256(body).hexdigest()[:12])


@pytest.mark.parametrize(
    "name", ["overview.png", "none.css", "__init__.py", "..%2fshell.py", "%2e%2e%2fshell.py"]
)
def test_nothing_else_is_an_asset(name: str) -> None:
    assert get(f"assets/{name}")[0] == 404


@pytest.mark.parametrize(
    "address", [download_address("centers", "csv", WHOLE), document_address("workbook", WHOLE)]
)
def test_a_role_that_takes_nothing_away_gets_no_file(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setitem(ALLOWED, Role.ADMIN, ALLOWED[Role.ADMIN] - {Action.TAKE})
    status, _, body = get(address)
    assert status == 403
    assert "不能导出文件" in body.decode()
