"""What a check returns and how checks are declared; `lib.proofread.checks` lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from lib.proofread.findings import Confidence, Finding, Kind
from lib.proofread.reading import Reading, Span
from lib.queries.facts import Fact


@dataclass(frozen=True)
class Sum:
    """The arithmetic behind a hit: what was stated, what was computed, and from which parts."""

    stated: Decimal
    computed: Decimal
    parts: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Hit:
    """One thing a check found; the fields are those of `Finding`, `sum` is what a note may settle."""

    span: Span
    message: str
    expected: str = ""
    confidence: Confidence = "确定"
    mend: str | None = None
    also: tuple[Span, ...] = ()
    facts: tuple[Fact, ...] = ()
    sum: Sum | None = None


@dataclass(frozen=True)
class Check:
    """One kind of check: `name` and `explanation` are for people, `run` looks through a draft."""

    id: str
    name: str
    kind: Kind
    explanation: str
    run: Callable[[Reading], Iterator[Hit]]
    needs_release: bool = False

    def finding(self, hit: Hit) -> Finding:
        """A hit as a finding of this check."""
        return Finding(
            self.id,
            self.kind,
            hit.span.place,
            hit.span.quoted,
            hit.message,
            hit.expected,
            hit.confidence,
            hit.mend,
            tuple(span.place for span in hit.also),
            hit.facts,
        )
