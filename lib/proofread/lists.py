"""Enumerations: the items joined by 、 before 等14个部门 or 四级, and behind 分别为.

和 may join the last two items or belong to a name (自然资源和规划局), so a list has a fewest and a
most number of items; whoever states a number between them is right.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from lib.proofread.reading import Passage
from lib.proofread.text import top_level

_MARK = re.compile(r"[。；！？\n，：]")
_JOINT = re.compile(r"(?<=.)(?:以及|[和及与])(?=.)")
_ORGAN = re.compile(
    r"(?:局|委|办|中心|厅|院|馆|支队|银行|公司|部门|会|署|所|部|室|市|区|县|旗|镇|乡|街道)(?:括{2,40})?$"
)
# A word that ends what stood before the list: 为甲乙提供丙、丁.
_VERB = re.compile(
    r"(?:提供|开展|实现|推进|推动|包括|涵盖|涵盖了|涉及|完成|建立|打造|联合|会同|通过|增加|新增|设立|围绕|明确)"
)
_PARTED = re.compile("、|”“|》《")
_LONGEST = 400


@dataclass(frozen=True)
class Listing:
    """A list at `start:end`; `items` as far as 、 parts them, `most` counting what 和 may part."""

    start: int
    end: int
    items: tuple[str, ...]
    most: int

    @property
    def fewest(self) -> int:
        """How many items there are at least."""
        return len(self.items)

    @property
    def names_organs(self) -> bool:
        """Whether every item is the name of a department or a place."""
        return all(_ORGAN.search(item) for item in self.items)

    @property
    def is_quoted(self) -> bool:
        """Whether every item is in quotation marks or 《》, so that nothing else stands among them."""
        first, *others = self.items
        return first.endswith("括") and all(set(item) == {"括"} for item in others)

    def fits(self, count: int) -> bool:
        """Whether a stated number agrees."""
        return self.fewest <= count <= self.most


def _cuts(covered: str, written: str) -> list[tuple[int, int]]:
    """Where items end and the next begins: at 、, and between “甲”“乙” that touch."""
    cuts = [(m.start(), m.end()) for m in re.finditer("、", covered)]
    touching = [m.start() + 1 for m in re.finditer("(?:”“|》《)", written)]
    cuts += [(at, at) for at in touching if covered[at - 1 : at + 1] == "括括"]
    return sorted(cuts)


def _joints(item: str) -> int:
    """How many times 和 may part an item: between organs it does only behind one's name."""
    found = 0
    for joint in _JOINT.finditer(item):
        before, after = item[: joint.start()], item[joint.end() :]
        found += bool(_ORGAN.search(before)) or not _ORGAN.search(after)
    return found


def _listing(passage: Passage, start: int, end: int) -> Listing | None:
    written = passage.bare[start:end]
    covered = top_level(written)
    cuts = _cuts(covered, written)
    if not cuts:
        return None
    edges = [(0, 0), *cuts, (len(written), len(written))]
    items = [covered[a:b] for (_, a), (b, _) in itertools.pairwise(edges)]
    first = max((i for i, item in enumerate(items) if i and _VERB.search(item)), default=0)
    items = items[first:]
    if len(items) < 2 or not all(item.strip() for item in items):
        return None
    begin = start + edges[first][1]
    return Listing(begin, end, tuple(items), len(items) + sum(map(_joints, items)))


def list_before(passage: Passage, end: int) -> Listing | None:
    """The list that ends there, from the mark before it on."""
    near = max(0, end - _LONGEST)
    if not _PARTED.search(passage.bare, near, end):
        return None
    covered = top_level(passage.bare[near:end])
    marks = [mark.end() for mark in _MARK.finditer(covered)]
    return _listing(passage, near + (marks[-1] if marks else 0), end)


def list_after(passage: Passage, start: int) -> Listing | None:
    """The list that starts there, up to the next mark; none where it is left open with 等."""
    covered = top_level(passage.bare[start : start + _LONGEST])
    mark = _MARK.search(covered)
    end = start + (mark.start() if mark else len(covered))
    if passage.bare[start:end].rstrip().endswith("等"):
        return None
    return _listing(passage, start, end)
