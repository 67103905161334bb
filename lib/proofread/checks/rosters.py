"""名单核对: a list of departments or districts beside the list of the release it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID, ROSTERS
from lib.insight.wording import listed
from lib.proofread.chains import chains
from lib.proofread.hits import Hit
from lib.proofread.places import Mention, mentions
from lib.proofread.reading import Books, Passage, Reading, Span

_FEWEST = 4
_ALIKE = 0.7
_AHEAD = 0.15  # how much better than any other list the one that is meant has to fit
_TOPIC = 0.5


@dataclass(frozen=True)
class _Named:
    """A list of names of one kind in a passage; `open` where it ends with 等."""

    passage: Passage
    names: tuple[Mention, ...]
    open: bool

    @property
    def ids(self) -> frozenset[str]:
        """The ids the names mean."""
        return frozenset(name.id or "" for name in self.names)


def _joined(between: str) -> bool:
    """Whether only a mark, or a bracketed remark and a mark, stands between two names."""
    rest = between
    if rest.startswith("（"):
        rest = rest.partition("）")[2]
    return rest in ("、", "，", "；", "和", "及", "与", "以及") and len(between) <= 40


def _lists(passage: Passage) -> Iterator[_Named]:
    text, run = passage.text, list[Mention]()
    for mention in (*mentions(text), None):
        follows = mention and run and mention.kind == run[-1].kind
        if mention and follows and _joined(text[run[-1].end : mention.start]):
            run.append(mention)
            continue
        if len(run) >= _FEWEST and all(name.id for name in run):
            yield _Named(passage, tuple(run), text.startswith("等", run[-1].end))
        run = [mention] if mention else []
    for chain in chains(passage):
        names = [next(mentions(part.name), None) for part in chain.parts]
        if chain.style == "inline" and len(names) >= _FEWEST and all(n and n.id for n in names):
            shifted = [
                Mention(p.start, p.number.end, n.name, n.kind, n.id)
                for p, n in zip(chain.parts, names, strict=True)
                if n
            ]
            yield _Named(passage, tuple(shifted), open=False)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _topic(named: _Named, roster: str) -> float:
    """How much of a list's name stands in the passage."""
    words = ROSTER_BY_ID[roster].name.replace("的部门", "").replace("的地区", "")
    wanted = _pairs(words)
    return len(wanted & _pairs(named.passage.text[:4_000])) / len(wanted) if wanted else 0.0


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _meant(named: _Named, books: Books) -> str | None:
    """The one list of the release these names must be; None where they are one already, or it is open."""
    kind = named.names[0].kind
    members = {
        roster.id: frozenset(m.member for m in books.rosters.of(roster.id))
        for roster in ROSTERS
        if roster.member == kind and books.rosters.of(roster.id)
    }
    fits = sorted(((_alike(named.ids, ids), id) for id, ids in members.items()), reverse=True)
    if not fits or fits[0][0] == 1 or fits[0][0] < _ALIKE:
        return None
    second = fits[1][0] if len(fits) > 1 else 0.0
    best = fits[0][1]
    return best if fits[0][0] - second >= _AHEAD and _topic(named, best) >= _TOPIC else None


def _hit(named: _Named, roster: str, books: Books) -> Hit | None:
    held = [member.member for member in books.rosters.of(roster)]
    missing = [id for id in held if id not in named.ids]
    extra = [name for name in named.names if name.id not in held]
    if (named.open or not books.rosters.complete(roster)) and not extra:
        return None
    told = [f"少了{listed(map(place_name, missing))}"] if missing and not named.open else []
    told += [f"多了{listed(name.name for name in extra)}"] if extra else []
    expected = listed(map(place_name, held))
    return Hit(
        Span(named.passage, named.names[0].start, named.names[-1].end),
        f"这份名单与版本{books.release_id}的“{ROSTER_BY_ID[roster].name}”（{len(held)}个）不同：{'，'.join(told)}",
        expected,
        "很可能",
        also=_spans(named.passage, extra),
    )


def _spans(passage: Passage, names: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(Span(passage, name.start, name.end) for name in names)


def rosters(reading: Reading) -> Iterator[Hit]:
    """Lists that are almost, but not quite, a list of the release."""
    if reading.books is None:
        return
    for passage in reading.stating:
        for named in _lists(passage):
            roster = _meant(named, reading.books)
            hit = _hit(named, roster, reading.books) if roster else None
            if hit:
                yield hit
