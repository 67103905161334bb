"""Draws `architecture.md` from the imports of the code: `make docs`. A test holds it up to date."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path(__file__).with_name("architecture.md")
OUTSIDE = ("app", "pages")
_HEAD = """\
# Architecture

Drawn from the imports by `make docs`; not written by hand. Everything in `lib` has a level: a part imports only from lower ones. An arrow says *imports*; one that follows from two others is left out.

```mermaid
flowchart TB
"""


def part(path: Path) -> str:
    """The part of the project a file belongs to: a folder or module of `lib`, `pages` or `app`."""
    inside = path.relative_to(ROOT).parts
    return inside[1 if inside[0] == "lib" else 0].removesuffix(".py")


@cache
def files() -> dict[str, list[Path]]:
    """Part > its Python files."""
    found: dict[str, list[Path]] = {}
    for path in (ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "lib").rglob("*.py")):
        if path.parent != ROOT / "lib" or not path.stem.startswith("__"):
            found.setdefault(part(path), []).append(path)
    return dict(sorted(found.items()))


@cache
def imported(name: str) -> frozenset[str]:
    """The other parts that a part imports, wherever the import stands."""
    used = set()
    for path in files()[name]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(
        words[1] for dotted in used if (words := dotted.split("."))[0] == "lib" and len(words) > 1
    ) & files().keys() - {name}


@cache
def below(name: str) -> frozenset[str]:
    """Every part that a part rests on, however far down."""
    return imported(name).union(*map(below, imported(name)))


@cache
def level(name: str) -> int:
    """0 for what imports nothing, else one above the highest part it imports."""
    return 1 + max(map(level, imported(name)), default=-1)


def arrows(name: str) -> list[str]:
    """The parts it imports that it would not rest on anyway."""
    return sorted(
        one for one in imported(name) if not any(one in below(other) for other in imported(name))
    )


def subject(name: str) -> str:
    """The first sentence of what a part says of itself."""
    if name == "pages":
        return "One script a page: asks views, shows exhibits."
    first = min(files()[name], key=lambda path: (path.name != "__init__.py", path))
    text = ast.get_docstring(ast.parse(first.read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


def drawn() -> str:
    """The whole page, Markdown with a Mermaid chart."""
    levels: dict[int, list[str]] = {}
    for name in files():
        levels.setdefault(level(name), []).append(name)
    out = [_HEAD]
    for height in sorted(levels, reverse=True):
        out.append(f'  subgraph L{height}["{height}"]\n    direction LR\n')
        out += [f"    {name}\n" for name in levels[height]]
        out.append("  end\n")
    out += [f"  {name} --> {other}\n" for name in files() for other in arrows(name)]
    out.append("```\n\n| level | part | subject | imports directly |\n|--:|--|--|--|\n")
    for height in sorted(levels, reverse=True):
        for name in levels[height]:
            place = f"`{name}`" if name in OUTSIDE else f"`lib/{name}`"
            used = ", ".join(sorted(imported(name))) or "–"
            out.append(f"| {height} | {place} | {subject(name)} | {used} |\n")
    return "".join(out)


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
