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

# Part of `lib` > the parts of `lib` it imports besides itself, no fewer and no more.
ALLOWED = {
    "catalog": set(),
    "clock": set(),
    "settings": set(),
    "demo": {"catalog"},
    "downloads": set(),
    "intake": {"catalog", "clock", "downloads", "engine"},
    "audit": {"access", "clock", "disk_errors", "downloads", "intake", "logs", "settings", "store"},
    "compare": {"catalog", "intake"},
    "store": {"catalog", "clock", "compare", "disk_errors", "intake", "settings"},
    "engine": set(),
    "queries": {"catalog", "engine", "intake", "settings", "store"},
    "selection": {"catalog"},
    "insight": {"catalog", "queries", "selection"},
    "notices": {"catalog", "clock", "insight", "links", "logs", "queries", "settings", "store"},
    "answers": {"catalog", "clock", "insight", "queries", "store"},
    "api": {"answers", "catalog", "downloads", "intake", "queries", "settings", "store"},
    "views": {"catalog", "downloads", "insight", "queries", "selection", "store"},
    "charts": {"catalog", "disk_errors", "not_made"},
    "bulletin": {"catalog", "insight", "queries", "selection", "settings", "store", "views"},
    "proofread": {"catalog", "insight", "intake", "queries"},
    "documents": {
        "bulletin",
        "catalog",
        "charts",
        "downloads",
        "inlined",
        "insight",
        "intake",  # a draft is decoded, weighed and refused like any upload
        "not_made",
        "proofread",
        "queries",
        "selection",
        "settings",
        "spread",
        "store",
        "views",
    },
    "meeting": {
        "catalog",
        "charts",
        "clock",
        "inlined",
        "insight",
        "links",
        "queries",
        "selection",
        "settings",
        "spread",
        "store",
        "views",
    },
    "links": {"catalog", "selection"},
    "inlined": set(),
    "spread": set(),
    "help": set(),
    "navigation": set(),
    "assets": set(),
    "disk_errors": set(),
    "not_made": set(),
    "seed": {"audit", "intake", "logs", "settings", "store"},
    "logs": {"clock"},
    "loading": {"logs"},
    "memory": set(),
    "counters": set(),
    "runtime": {"counters", "logs"},
    "routes": {
        "access",
        "actions",
        "api",
        "assets",
        "audit",
        "catalog",
        "counters",
        "documents",
        "help",
        "links",
        "loading",
        "meeting",
        "navigation",
        "not_made",
        "queries",
        "selection",
        "settings",
        "store",
        "views",
    },
    "guards": {
        "access",
        "actions",
        "api",
        "audit",
        "catalog",
        "counters",
        "documents",
        "intake",
        "loading",
        "logs",
        "navigation",
        "routes",
        "settings",
        "store",
        "runtime",
    },
    "server": {
        "charts",
        "insight",
        "loading",
        "logs",
        "memory",
        "notices",
        "runtime",
        "guards",
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
        "catalog",
        "clock",
        "compare",
        "demo",
        "disk_errors",
        "documents",
        "downloads",
        "insight",
        "intake",
        "logs",
        "not_made",
        "notices",
        "proofread",
        "queries",
        "seed",
        "selection",
        "settings",
        "store",
        "submission",
    },
    "__main__": {"cli", "settings"},
    "__init__": set(),
    "markup": {
        "assets",
        "bulletin",
        "catalog",
        "help",
        "insight",
        "links",
        "navigation",
        "proofread",
        "queries",
        "selection",
        "views",
    },
    "access": {"catalog", "compare", "disk_errors", "logs", "settings"},
    "actions": {"access", "audit", "catalog", "intake", "settings", "store", "submission"},
    "visitor": {"access", "actions", "audit", "markup", "queries", "settings", "store"},
    "widgets": {
        "catalog",
        "charts",
        "documents",
        "insight",
        "links",
        "markup",
        "queries",
        "runtime",
        "selection",
        "views",
        "visitor",
    },
    "panels": {
        "access",
        "actions",
        "audit",
        "bulletin",
        "catalog",
        "clock",
        "compare",
        "documents",
        "downloads",
        "insight",
        "intake",
        "links",
        "markup",
        "meeting",
        "notices",
        "proofread",
        "queries",
        "runtime",
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
        "catalog",
        "counters",
        "links",
        "markup",
        "navigation",
        "queries",
        "runtime",
        "selection",
        "settings",
        "store",
        "visitor",
        "widgets",
    },
}
# Inside intake, from bytes to a checked table: a folder may import those before it.
INTAKE_ORDER = ("files", "words", "locate", "read", "check")
ONLY_HERE = {
    "streamlit": {
        "shell",
        "visitor",
        "runtime",
        "widgets",
        "panels",
        "pages",
        "app",
        "guards",
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
    "starlette": {"routes", "guards"},
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


# Part > its files.
FILES: dict[str, list[Path]] = {}
for source in SOURCES:
    FILES.setdefault(part(source), []).append(source)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_follows_the_arrows(path: Path) -> None:
    here = part(path)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("lib.")}
    if here in ("pages", "app"):
        assert "engine" not in used
        return
    assert used - {here} <= ALLOWED[here]


@pytest.mark.parametrize("name", ALLOWED)
def test_no_arrow_is_allowed_in_vain(name: str) -> None:
    used = {n.split(".")[1] for p in FILES[name] for n in imports(p) if n.startswith("lib.")}
    assert used - {name} == ALLOWED[name]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imports(path)}
    strays = {
        lib for lib, homes in ONLY_HERE.items() if lib in libraries and part(path) not in homes
    }
    assert strays == set()


@pytest.mark.parametrize("library", ONLY_HERE)
def test_no_library_is_allowed_in_vain(library: str) -> None:
    homes = {
        name
        for name, paths in FILES.items()
        if any(n.split(".")[0] == library for p in paths for n in imports(p))
    }
    assert homes == ONLY_HERE[library]


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
