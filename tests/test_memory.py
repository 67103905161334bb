"""What the server's process keeps in memory, and what it gives back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import ROOT

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux is asked")
# Eight threads ask the C library for memory at once; how many arenas there are, by its own account.
ARENAS = """
import ctypes, sys, threading
from lib import memory
if sys.argv[1] == "little":
    memory.keep_little()
library, all_there = ctypes.CDLL(None), threading.Barrier(8)
library.fopen.restype = ctypes.c_void_p
def work():
    all_there.wait()
    library.malloc(100_000)
    all_there.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
told = ctypes.c_void_p(library.fopen(sys.argv[2].encode(), b"w"))
library.malloc_info(0, told)
library.fclose(told)
"""
KEPT = """
import gc
from lib import memory
before = gc.get_freeze_count()
try:
    with memory.kept():
        made = [[] for _ in range(10_000)]
        assert not gc.isenabled()
        raise KeyError
except KeyError:
    pass
assert gc.isenabled()
print(gc.get_freeze_count() - before >= 10_000)
"""
POOL = """
from lib import memory
memory.share_one_pool()
import pyarrow
print(pyarrow.default_memory_pool().backend_name)
"""


def said(script: str, *words: str) -> str:
    """What a script prints in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def arenas(how: str, folder: Path) -> int:
    said(ARENAS, how, str(folder / how))
    return (folder / how).read_text().count("<heap nr=")


@LINUX
def test_all_threads_share_one_arena(tmp_path: Path) -> None:
    assert arenas("much", tmp_path) > 4
    assert arenas("little", tmp_path) == 1


def test_what_is_made_to_stay_is_not_searched_even_after_a_failure() -> None:
    assert said(KEPT) == "True"


def test_arrow_takes_its_memory_where_all_else_does() -> None:
    assert said(POOL) == "system"
