"""What shows data shows it as text: at the level of the functions, and of the source."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Set
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from lib import markup
from lib.charts import spec
from lib.charts.samples import SAMPLES
from lib.insight.table import Table
from lib.markup import tags, texts
from lib.selection import Selection
from lib.views.named import view_named
from lib.views.register import VIEWS
from lib.widgets import plain
from tests.security.hostile import LONG, NAME, SHORT

ROOT = Path(__file__).resolve().parents[2]
CITY = Selection("R0001", "2022H1")
SHOWN: dict[str, Callable[[str], str]] = {
    "cell": lambda text: tags.cell(text),
    "link": lambda text: tags.link(text, text),
    "heading": lambda text: markup.heading(text, text),
    "title": lambda text: markup.title(text, text),
    "note": markup.note,
    "reading": markup.reading,
    "figure": markup.figure,
    "numbered": lambda text: markup.numbered([text]),
    "pairs": lambda text: markup.pairs([(text, text)]),
    "table": lambda text: markup.table(Table((text,), ((text,),))),
    "file_head": lambda text: markup.file_head(text, text, [(text, "good")]),
}


class _Tags(HTMLParser):
    """Every tag, and every attribute that could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("img", "script", "iframe", "svg", "style", "meta", "form", "input", "object"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}")


def alive(html: str) -> list[str]:
    """What of a text became HTML that fetches, runs or hides something."""
    parser = _Tags()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize("text", [LONG, SHORT, NAME, f'"{LONG}', f"'{LONG}", f"</p>{LONG}"])
@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.case(54, 56)
def test_a_text_in_html_stays_a_text(name: str, text: str) -> None:
    assert alive(SHOWN[name](text)) == []


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.broken(54, 56)
def test_without_escaping_it_would_not(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (tags, texts):
        monkeypatch.setattr(module, "escape", lambda text, quote=True: text)
    assert alive(SHOWN[name](LONG)) != []


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SAID = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}


def formatted(source: str) -> list[str]:
    """What of a Markdown text is anything but words: images, links, HTML, Streamlit's `:red[]`, `$`."""
    tokens = [t for block in MARKDOWN.parse(source) for t in (block, *(block.children or ()))]
    found = [token.type for token in tokens if token.type not in SAID]
    return found + re.findall(r"(?<!\\)(?::[a-z-]+\[|:[a-z_/]+:|\$)", source)


HOSTILE = [
    LONG, SHORT, NAME, "# a", "a\n# b", "a\n\n> b", "[a]: http://planted.invalid\n[a]", "|a|\n|-|\n|b|",
    "~~a~~", "__a__", "`a`", "$a$", ":red[a]", ":material/home:", "\\![x](//planted.invalid/)",
    "![x][y]\n\n[y]: http://planted.invalid/", "<http://planted.invalid/>", "a\n---", "*a*", "\\\\[a](b)",
    "\\<img src=x>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.case(54, 55)
def test_a_text_in_markdown_stays_a_text(text: str) -> None:
    assert formatted(f"可信的话 {plain(text)}") == []


WEAKER: dict[str, Callable[[str], str]] = {
    "not at all": lambda text: text,
    "html only": lambda text: text.replace("<", r"\<"),
    "lines left": lambda text: re.sub(r"([\\`*_{}\[\]<>#|~$:])", r"\\\1", text),
    "backslash left": lambda t: re.sub(r"([`*_{}\[\]<>#|~$:])", r"\\\1", t).replace("\n", " "),
    "colon left": lambda t: re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", t).replace("\n", " "),
    "dollar left": lambda t: re.sub(r"([\\`*_{}\[\]<>#|~:])", r"\\\1", t).replace("\n", " "),
    "brackets left": lambda t: re.sub(r"([\\`*_{}<>#|~$:])", r"\\\1", t).replace("\n", " "),
}


@pytest.mark.parametrize("name", WEAKER)
@pytest.mark.broken(54, 55)
def test_a_weaker_escaping_is_found(name: str) -> None:
    assert any(formatted(f"可信的话 {WEAKER[name](text)}") for text in HOSTILE)


def unsafe(source: str) -> list[str]:
    """Ways round Streamlit's own escaping, wherever they stand."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and (node.arg or "").startswith("unsafe_"):
            found.append(node.arg or "")
        elif isinstance(node, ast.Attribute) and node.attr in ("components", "iframe", "exception"):
            found.append(node.attr)
        elif isinstance(node, ast.Constant) and str(node.value).startswith("unsafe_allow"):
            found.append(str(node.value))
        elif isinstance(node, ast.ImportFrom) and "streamlit.components" in (node.module or ""):
            found.append("components")
    return found


@pytest.mark.case(56)
def test_no_page_goes_round_the_escaping() -> None:
    files = [*(ROOT / "lib").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    assert len(files) > 100
    assert [p.name for p in files if unsafe(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown(text, unsafe_allow_html=True)", "st.html(text, unsafe_allow_javascript=True)",
        "st.components.v1.html(text)", "from streamlit.components.v1 import html", "st.iframe(text)",
        "st.write(text, **{'unsafe_allow_html': True})", "st.exception(error)",
    ],
)  # fmt: skip
@pytest.mark.broken(56)
def test_a_way_round_is_found(source: str) -> None:
    assert unsafe(source)


# What a sentence of ours may say without `plain`: counts, ids, names of the catalog, escaped before.
OURS = {
    "lost", "MOST", "selection.release_id", "looked_at.id", "looked_at.state", "chosen.base", "n",
    "sentence.rule", "finding.resolver", "dataset.name", "dataset.description", "done", "shown.id",
    "shown.restored or shown.parent", "older", "newer", "in_all(planned, held.selection)", "label",
    "rehearsal.release_id", "light", "count", "where", "_SHOWN", "sum(wanted.values())", "number",
    "live.id",
}  # fmt: skip
ESCAPING = {"plain", "sentence", "badge", "len", "period_label", "place_name"}
SINKS = {
    "warning", "error", "success", "info", "caption", "markdown", "write", "expander", "popover",
    "toast", "status", "metric", "subheader", "tabs",
}  # fmt: skip


def said_raw(source: str, ours: Set[str] = OURS) -> list[str]:
    """What is said as Markdown and is neither a literal, nor escaped, nor ours."""

    def raw(part: ast.expr) -> list[str]:
        match part:
            case ast.Constant():
                return []
            case ast.JoinedStr(values=values):
                return [
                    x for v in values if isinstance(v, ast.FormattedValue) for x in raw(v.value)
                ]
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
                return raw(one) + raw(other)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in ESCAPING:
                return []
        return [said] if (said := ast.unparse(part)) not in ours else []

    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        said
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in SINKS and call.args
        for said in raw(call.args[0])
    ]


def _that_say_something() -> list[Path]:
    files = [*(ROOT / "pages").glob("*.py"), *(ROOT / "lib" / "panels").glob("*.py")]
    return files + [ROOT / "lib" / n for n in ("shell.py", "widgets.py", "runtime/page_errors.py")]


@pytest.mark.case(55)
def test_nothing_is_said_as_markdown_unescaped() -> None:
    """For what only an error or a crafted link brings up."""
    files = _that_say_something()
    assert len(files) > 30
    assert {p.name: r for p in files if (r := said_raw(p.read_text(encoding="utf-8")))} == {}


def test_nothing_is_excused_that_is_not_said() -> None:
    texts = (path.read_text(encoding="utf-8") for path in _that_say_something())
    assert {said for text in texts for said in said_raw(text, frozenset())} >= OURS


@pytest.mark.parametrize(
    "source",
    [
        "st.warning(sentence)", "st.error(str(error))", "st.info(f'退回：{proposal.reason}')",
        "box.expander(f'{name}')", "st.caption('a' + text)", "st.success(a if b else reason)",
    ],
)  # fmt: skip
@pytest.mark.broken(55)
def test_what_is_said_raw_is_found(source: str) -> None:
    assert said_raw(source)


PICTURES = {"image", "url", "href"}  # names a chart's tooltip or mark would fetch


def fetching(drawn: dict[str, Any], columns: list[str]) -> list[str]:
    """What in a chart would ask for an address that stands in data."""
    found = [name for name in columns if name.lower() in PICTURES]

    def look(part: Any) -> None:
        if isinstance(part, dict):
            found.extend(key for key in part if key in PICTURES)
            if part.get("mark") == "image" or part.get("type") == "image":
                found.append("mark")
            if str(part.get("field", part.get("title", ""))).lower() in PICTURES:
                found.append("field")
            list(map(look, part.values()))
        elif isinstance(part, list):
            list(map(look, part))

    look(json.loads(json.dumps(drawn, default=str)))
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
@pytest.mark.case(57)
def test_no_chart_fetches_what_data_names(view: Any) -> None:
    """Neither a tooltip's picture nor data by address, in light and dark."""
    made = view_named(view.id, CITY)
    assert made is not None
    if made.chart and made.marks is not None:
        for dark in (False, True):
            drawn = spec(made.chart, dark, made.options)
            assert fetching(drawn, made.marks.column_names) == []


@pytest.mark.broken(57)
def test_a_chart_that_fetches_is_found() -> None:
    kind, sample = next(iter(SAMPLES.items()))
    drawn = spec(kind, False, sample.options)
    assert fetching(drawn, sample.rows.column_names) == []
    assert fetching(drawn, ["image"])
    assert fetching(drawn | {"data": {"url": "http://planted.invalid/d.json"}}, [])
    assert fetching(drawn | {"mark": {"type": "image"}}, [])
    assert fetching(drawn | {"encoding": {"tooltip": [{"field": "image"}]}}, [])
    assert fetching(drawn | {"encoding": {"href": {"field": "名称"}}}, [])
