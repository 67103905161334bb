"""A call loads the module of its own command, and no library that it can do without; help has them all."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict

import pytest
from typer.main import get_command

from lib.cli import MODULES
from tests.cli.command import cli
from tests.server import ROOT

LOADED = """
import sys
from lib.cli import commands
commands(sys.argv[1])
print(*sys.modules)
"""
# Each takes longer to load than most commands run.
HEAVY = {"altair", "docx", "lxml", "openpyxl", "pandas", "PIL", "pptx", "streamlit", "xlsxwriter"}


def test_every_command_is_listed_with_its_module() -> None:
    found = defaultdict(set)
    for name, command in get_command(cli).commands.items():  # type: ignore[attr-defined]
        within = next(iter(getattr(command, "commands", {"": command}).values()))
        found[within.callback.__module__.removeprefix("lib.cli.")].add(name)
    assert found == {module: set(names) for module, names in MODULES.items()}


@pytest.mark.parametrize("word", ["drop", "metric", "releases", "verify"])
def test_a_command_loads_little(word: str) -> None:
    words = [sys.executable, "-c", LOADED, word]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert not HEAVY & loaded
    assert "lib.cli.proofread" not in loaded


def test_help_lists_the_commands_by_what_they_are_about() -> None:
    words = [sys.executable, "-m", "lib", "--help"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^│ ([a-z][a-z-]+) ", told.stdout, re.MULTILINE)
    assert listed == [name for names in MODULES.values() for name in names]
