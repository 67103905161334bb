"""The document a browser starts with, and the files it loads.

It is Streamlit's own with these changes: our style and scripts are part of it, so that they come
once and from the cache instead of over every session's socket; it is Chinese and named before any
script runs; where a page has charts it names the scripts that draw them; and `start.js` tells
Streamlit where its server is, which it would look for otherwise.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from lib.assets import TYPES, asset_address, content
from lib.navigation import ENTRY_BY_PATH
from lib.routes.menu import menu

_FOREVER = {
    "Cache-Control": "public, immutable, max-age=31536000"
}  # their addresses name their bytes
_SCRIPTS = ("links.js", "words.js", "terms.js", "hint.js")
_CHART_SCRIPTS = ("ArrowVegaLiteChart", "Quiver", "embed", "vega-interpreter")
_INLINE_SCRIPT = re.compile(r"<script>.*?</script>\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_UNUSED = re.compile(r'<link\s+rel="(?:service-desc|preload)"[^>]*>\s*')  # agents; a Latin font
_NO_SCRIPT = re.compile(r"<noscript>.*</noscript>", re.DOTALL)
# Browsers with two kernels (360, QQ, Sogou) take the newer one where a page says so.
_KERNEL = '<meta name="renderer" content="webkit">'
_BLOCKED = (
    "<noscript>请在浏览器里允许运行脚本，再打开本页；"
    '不能允许的，可以<a href="./document/html">下载离线网页</a>看数。</noscript>'
)


@cache
def document(charts: bool = False) -> str:
    """The HTML of the start document. Raises ValueError where Streamlit's is not as we know it.

    charts: what draws them is fetched beside everything else, and not once the first one is to be drawn
    """
    made = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    made = _UNUSED.sub("", _INLINE_SCRIPT.sub("", _COMMENT.sub("", made)))
    first = "\n    ".join(
        (
            _KERNEL,
            *(f'<script src="{asset_address(n)}"></script>' for n in ("start.js", "check.js")),
        )
    )
    head = f'{first}\n    <script type="module"'
    # In the body, for our rules to come behind those Streamlit adds to the head.
    body = "".join(
        f"  {part}\n  "
        for part in (
            f'<link rel="stylesheet" href="{asset_address("style.css")}">',
            *(f'<script defer src="{asset_address(name)}"></script>' for name in _SCRIPTS),
        )
    )
    if charts:
        body += f"  {_chart_scripts()}\n  "
    made = _NO_SCRIPT.sub(_BLOCKED, made)
    for old, new in (
        ('<html lang="en">', '<html lang="zh-CN">'),
        ("./favicon.png", asset_address("icon.svg")),
        ("<title>Streamlit</title>", "<title>通报台</title>"),
        ('<script type="module"', head),
        ("<body>", f"<body>{menu()}"),
        ("</body>", f"{body}</body>"),
    ):
        if made.count(old) != 1:
            raise ValueError(f"Streamlit's index.html has not exactly one {old}")
        made = made.replace(old, new)
    return made


def _chart_scripts() -> str:
    folder = files("streamlit") / "static" / "static" / "js"
    named = {one.name.partition(".")[0]: one.name for one in folder.iterdir()}
    if missing := set(_CHART_SCRIPTS) - set(named):
        raise ValueError(f"Streamlit has no scripts {', '.join(sorted(missing))}")
    return "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{named[name]}">'
        for name in _CHART_SCRIPTS
    )


async def start(request: Request) -> HTMLResponse:
    """The start document, for the address of any page."""
    entry = ENTRY_BY_PATH.get(request.path_params.get("page", ""))
    made = document(charts=entry is not None and entry.charts)
    return HTMLResponse(made, headers={"Cache-Control": "no-cache"})


async def asset(request: Request) -> Response:
    """One of our scripts, styles or pictures."""
    name = request.path_params["name"]
    if name not in content():
        return Response(status_code=404)
    kind = TYPES[name[name.rindex(".") :]]
    return Response(content()[name], media_type=kind, headers=_FOREVER)
