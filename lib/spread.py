"""Items in order over pages, slides or screens of one size."""

from __future__ import annotations

from typing import TypeVar

Item = TypeVar("Item")


def evenly(items: list[Item], sizes: list[float], room: float) -> list[list[Item]]:
    """Items over as few pages as they need, filled as evenly as that allows; a larger one has its own.

    sizes: of each item, in the unit of `room`, which is what a page holds
    """
    best = _packed(items, sizes, room)
    for hundredth in range(99, 0, -1):
        closer = _packed(items, sizes, room * hundredth / 100)
        if len(closer) > len(best):
            break
        best = closer
    return best


def _packed(items: list[Item], sizes: list[float], room: float) -> list[list[Item]]:
    pages: list[list[Item]] = []
    left = 0.0
    for item, size in zip(items, sizes, strict=True):
        if not pages or size > left:
            pages.append([])
            left = room
        pages[-1].append(item)
        left -= size
    return pages
