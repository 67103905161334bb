"""What the server keeps in memory: little that is free, and nothing searched for garbage that stays.

Every session's run has a thread of its own. The C library would give many of them an arena of their
own, and Arrow has a pool of its own besides; what is freed in one serves nobody in another.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Of glibc's malloc.h, with what they are set to; chosen with bench/scale.py.
_MALLOC = {
    -8: 1,  # M_ARENA_MAX: Python's own lock lets one thread allocate at a time
    -3: 512
    << 10,  # M_MMAP_THRESHOLD: larger blocks go back to the system as soon as they are freed
    -1: 1 << 20,  # M_TRIM_THRESHOLD: so does what is free at the top, beyond this
}


def keep_little() -> None:
    """Let threads from now on share one arena of the C library, and give back what is free (glibc only)."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "gnu_get_libc_version"):
        for option, value in _MALLOC.items():
            library.mallopt(option, value)


def share_one_pool() -> None:
    """Let Arrow take its memory where all else takes it; what it holds already stays where it is."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())


@contextmanager
def kept() -> Iterator[None]:
    """What is made meanwhile stays, so it need not be searched for garbage, now or ever."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
