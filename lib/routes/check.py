"""检查浏览器: what a browser too old for the app is shown instead of a blank page, and what it lacks.

`check.js` sends such a browser here. The page needs no script, and no style newer than 2012.
"""

from __future__ import annotations

from functools import cache
from html import escape
from string import Template
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse

from lib.assets import asset_address
from lib.links import FILTERS
from lib.settings import ROOT

# What `check.js` looks for > what people call it, and the first browsers that had it. That a script
# in the syntax of Streamlit's has run is seen by what `start.js` leaves.
NEEDS = {
    "modules": ("脚本模块", "Chrome 61、Firefox 60"),
    "syntax": ("2021年的脚本语法（类静态块）", "Chrome 94、Firefox 93"),
    "functions": ("Object.hasOwn", "Chrome 93、Firefox 92"),
    "sizes": ("ResizeObserver", "Chrome 64、Firefox 69"),
    "socket": ("WebSocket", "Chrome 16、Firefox 11"),
    "cookies": ("Cookie（没有被禁用）", "都有"),
}


@cache
def _template() -> Template:
    return Template((ROOT / "lib" / "assets" / "check.html").read_text(encoding="utf-8"))


def _need(id: str, name: str, since: str) -> str:
    return f'<tr><th scope="row">{name}</th><td>{since}</td><td id="need-{id}">没有检查</td></tr>'


def check_page(asked: QueryParams) -> str:
    """The page as HTML; what it leads to is of the release and filters the browser asked for."""
    held = urlencode({name: asked.getlist(name) for name in FILTERS}, doseq=True)
    query = escape(f"?{held}") if held else ""
    return _template().substitute(
        icon=asset_address("icon.svg"), start=asset_address("start.js"), check=asset_address("check.js"),
        app=f"./{query}", offline=f"./document/html{query}",
        needs="\n".join(_need(id, *said) for id, said in NEEDS.items()),
    )  # fmt: skip


async def check(request: Request) -> HTMLResponse:
    """The page, whoever asks: it holds no figure."""
    return HTMLResponse(check_page(request.query_params), headers={"Cache-Control": "no-cache"})
