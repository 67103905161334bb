"""The arrows of the design, held: who may import whom, and who may know which library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [
    *sorted((ROOT / "lib").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
    ROOT / "app.py",
]

# Module of `lib` > the modules of `lib` it may import besides itself.
ALLOWED = {
    "catalog": set(),
    "settings": {"endpoints"},
    "endpoints": set(),
    "demo": {"catalog"},
    "downloads": set(),
    "intake": {"catalog", "downloads", "engine"},
    "audit": {"access", "downloads", "intake", "logs", "settings", "store", "troubles"},
    "compare": {"catalog", "intake"},
    "store": {"catalog", "compare", "intake", "settings", "troubles"},
    "engine": set(),
    "held": set(),
    "queries": {"catalog", "engine", "intake", "settings", "store"},
    "selection": {"catalog"},
    "insight": {"catalog", "compare", "queries", "selection"},
    "notices": {"catalog", "endpoints", "insight", "links", "logs", "queries", "settings", "store"},
    "answers": {"catalog", "insight", "queries", "store"},
    "api": {"answers", "catalog", "downloads", "intake", "queries", "settings", "store"},
    "views": {"catalog", "downloads", "insight", "queries", "selection", "store"},
    "charts": {"catalog"},
    "bulletin": {"catalog", "insight", "queries", "selection", "settings", "store", "views"},
    "proofread": {"catalog", "insight", "intake", "queries", "settings", "store"},
    "documents": {
        "bulletin",
        "catalog",
        "charts",
        "downloads",
        "insight",
        "intake",  # a draft is decoded, weighed and refused like any upload
        "proofread",
        "queries",
        "selection",
        "settings",
        "store",
        "views",
    },
    "meeting": {
        "catalog",
        "charts",
        "insight",
        "links",
        "queries",
        "selection",
        "settings",
        "store",
        "views",
    },
    "links": {"catalog", "queries", "selection"},
    "help": set(),
    "navigation": set(),
    "served": {"settings"},
    "troubles": set(),
    "seed": {"audit", "intake", "logs", "settings", "store"},
    "logs": set(),
    "loading": {"logs"},
    "counters": set(),
    "failures": {"counters", "logs"},
    "visits": set(),
    "routes": {
        "access",
        "actions",
        "api",
        "audit",
        "catalog",
        "counters",
        "documents",
        "held",
        "help",
        "intake",
        "links",
        "loading",
        "logs",
        "meeting",
        "navigation",
        "queries",
        "selection",
        "served",
        "settings",
        "store",
        "views",
        "visits",
    },
    "server": {
        "charts",
        "insight",
        "loading",
        "logs",
        "notices",
        "routes",
        "seed",
        "selection",
        "settings",
        "store",
        "views",
        "widgets",
    },
    "submission": {"catalog", "compare", "intake", "logs", "settings", "store"},
    "cli": {
        "access",
        "actions",
        "answers",
        "audit",
        "bulletin",
        "catalog",
        "compare",
        "demo",
        "documents",
        "downloads",
        "insight",
        "intake",
        "logs",
        "notices",
        "proofread",
        "queries",
        "seed",
        "selection",
        "settings",
        "store",
        "submission",
        "troubles",
    },
    "__main__": {"cli", "settings"},
    "__init__": set(),
    "markup": {
        "bulletin",
        "catalog",
        "help",
        "insight",
        "links",
        "navigation",
        "proofread",
        "queries",
        "selection",
        "served",
        "views",
    },
    "access": {"catalog", "compare", "logs", "settings", "troubles"},
    "actions": {"access", "audit", "catalog", "intake", "settings", "store", "submission"},
    "visitor": {"access", "actions", "audit", "markup", "queries", "settings", "store"},
    "pacing": set(),
    "widgets": {
        "audit",
        "visitor",
        "catalog",
        "charts",
        "documents",
        "insight",
        "links",
        "markup",
        "pacing",
        "queries",
        "selection",
        "views",
    },
    "panels": {
        "access",
        "actions",
        "audit",
        "bulletin",
        "catalog",
        "compare",
        "documents",
        "downloads",
        "held",
        "insight",
        "intake",
        "links",
        "markup",
        "meeting",
        "notices",
        "proofread",
        "queries",
        "selection",
        "store",
        "submission",
        "views",
        "visitor",
        "widgets",
    },
    "shell": {
        "access",
        "actions",
        "visitor",
        "catalog",
        "counters",
        "markup",
        "links",
        "navigation",
        "pacing",
        "queries",
        "selection",
        "settings",
        "store",
        "widgets",
    },
}
# Inside intake, from bytes to a checked table: a folder may import those before it.
INTAKE_ORDER = ("files", "words", "locate", "read", "check")
ONLY_HERE = {
    "streamlit": {
        "shell",
        "visitor",
        "pacing",
        "widgets",
        "panels",
        "pages",
        "app",
        "routes",
        "failures",
        "held",
        "visits",
    },
    "structlog": {"logs"},
    "prometheus_client": {"counters", "routes"},
    "duckdb": {"engine"},
    "pyspark": {"engine"},
    "sqlglot": {"engine"},
    "deltalake": {"store"},
    "altair": {"charts"},
    "docx": {"documents"},
    "pptx": {"documents"},
    "typst": {"documents"},
    "typer": {"cli"},
    "starlette": {"routes"},
    "smtplib": {"notices"},
    "vl_convert": {"charts"},
    "jinja2": {"bulletin", "documents", "meeting"},
}


def part(path: Path) -> str:
    """The module a file belongs to: a folder or file of `lib`, else `pages` or `app`."""
    inside = path.relative_to(ROOT).parts
    return inside[1].removesuffix(".py") if inside[0] == "lib" else inside[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The dotted names a file imports, wherever the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_arrows(path: Path) -> None:
    here = part(path)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("lib.")}
    if here in ("pages", "app"):
        assert "engine" not in used
        return
    assert used - {here} <= ALLOWED[here]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imports(path)}
    strays = {
        lib for lib, homes in ONLY_HERE.items() if lib in libraries and part(path) not in homes
    }
    assert strays == set()


@pytest.mark.parametrize("folder", INTAKE_ORDER)
def test_reading_goes_one_way(folder: str) -> None:
    after = INTAKE_ORDER[INTAKE_ORDER.index(folder) + 1 :]
    used = {n for p in (ROOT / "lib/intake" / folder).glob("*.py") for n in imports(p)}
    assert {n for n in used if n.startswith(tuple(f"lib.intake.{f}." for f in after))} == set()


def test_every_module_has_a_place_in_the_map() -> None:
    assert {part(path) for path in SOURCES} - {"pages", "app"} == set(ALLOWED)


def test_every_sql_file_says_what_a_row_is_and_binds_its_parameters() -> None:
    for path in (ROOT / "lib" / "queries").glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- "), path.name
        assert "::" not in text, path.name
        assert "{" not in text, path.name


# What is done to releases and proposals goes through `lib/actions.py`, which notes it first.
NOTED = {
    "publish", "publish_proposal", "rollback", "submit", "send_back", "reopen", "discard",
}  # fmt: skip
PAST_THE_LOG = "from lib.store.lake import Lake\nLake(folder).rollback('R0001', by='', note='')\n"


def unnoted(text: str) -> set[str]:
    """The methods of a lake a source calls without the audit log knowing."""
    calls = [n.func for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)]
    return {
        f.attr
        for f in calls
        if isinstance(f, ast.Attribute)
        and f.attr in NOTED
        and not (isinstance(f.value, ast.Name) and f.value.id == "actions")
    }


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_published_past_the_audit_log(path: Path) -> None:
    if part(path) not in (
        "store",
        "actions",
        "seed",
        "engine",
        "intake",
    ):  # the last two know no lake
        assert unnoted(path.read_text(encoding="utf-8")) == set()


def test_a_rollback_past_the_audit_log_is_found_out() -> None:
    assert unnoted(PAST_THE_LOG) == {"rollback"}
