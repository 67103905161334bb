"""Whatever is registered is in the documents, and the README is short and opens in Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from typer.main import get_command

import lib
from lib.catalog.datasets import DATASETS
from lib.navigation import PAGES
from tests.cli.command import cli
from tests.test_architecture import ONLY_HERE

ROOT = Path(__file__).resolve().parent.parent
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
HOW_IT_WORKS = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(cli).commands)  # type: ignore[attr-defined]
PARTS = sorted(
    path.name
    for path in (ROOT / "lib").iterdir()
    if not path.name.startswith("_") and (path.is_dir() or path.suffix == ".py")
)


def test_the_readme_is_short_and_opens_with_five_chinese_lines() -> None:
    lines = README.splitlines()
    assert len(lines) <= 150
    assert lines[2] == "**中文快速上手**"
    assert [line[:2] for line in lines[3:8]] == ["1.", "2.", "3.", "4.", "5."]


@pytest.mark.parametrize("name", [e.title for entries in PAGES.values() for e in entries])
def test_every_page_is_in_the_readme(name: str) -> None:
    assert f"| {name} |" in README


@pytest.mark.parametrize("name", [dataset.id for dataset in DATASETS])
def test_every_dataset_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`{name}\b", README)


@pytest.mark.parametrize("name", PARTS)
def test_every_part_is_explained(name: str) -> None:
    assert f"`lib/{name}`" in HOW_IT_WORKS


@pytest.mark.parametrize("text", [lib.__doc__ or "", HOW_IT_WORKS], ids=["lib", "how it works"])
def test_who_knows_streamlit_and_duckdb_is_said_as_it_is_held(text: str) -> None:
    for library, ends in (("Streamlit", "DuckDB"), ("DuckDB", "data folder")):
        said = re.search(rf"{library}\W* is known to(.*?){ends}", text, re.DOTALL)
        assert said
        named = re.findall(r"`(?:lib/)?(\w+)(?:\.py)?/?`", said[1])
        assert {*named} == ONLY_HERE[library.lower()] - {"app"}


def test_every_setting_is_explained() -> None:
    read = re.findall(
        r'"(TONGBAO_[A-Z_]+)"', (ROOT / "lib" / "settings" / "__init__.py").read_text()
    )
    assert read
    assert [name for name in read if f"`{name}`" not in RUNNING] == []


def test_every_make_target_is_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"\.PHONY: (.+)", makefile)
    assert targets
    assert [t for t in targets[1].split() if f"make {t}" not in README] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_everything_linked_exists(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", paper.read_text(encoding="utf-8"))
    assert [
        link for link in links if not link.startswith("http") and not (paper.parent / link).exists()
    ] == []


def _public(body: list[ast.stmt]) -> list[ast.FunctionDef | ast.ClassDef]:
    found = [
        n for n in body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    inner = [m for n in found if isinstance(n, ast.ClassDef) for m in _public(n.body)]
    return [n for n in [*found, *inner] if not n.name.startswith("_")]


def test_every_public_name_of_the_library_has_a_docstring() -> None:
    missing = [
        f"{path.name}:{node.name}"
        for path in (ROOT / "lib").rglob("*.py")
        for node in _public(ast.parse(path.read_text(encoding="utf-8")).body)
        if not ast.get_docstring(node)
    ]
    assert missing == []
