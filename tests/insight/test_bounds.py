"""What a wording leaves open is neither enough nor too little."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from lib.insight.bounds import at_least, at_most, exceeds, over, under
from lib.queries.facts import Fact, fact_book


def figure(value: str, qualifier: str | None = None) -> Fact:
    stated = fact_book("R0001", "2022H1").get("warning_count")
    assert stated is not None
    return replace(stated, value=Decimal(value), value_text=value, qualifier=qualifier)


@pytest.mark.parametrize(
    ("fact", "known"),
    [
        (figure, (True, True, False, False)),
        (lambda v: figure(v, "以上"), (True, False, False, False)),
        (lambda v: figure(v, "超"), (True, False, True, False)),
        (lambda v: figure(v, "以下"), (False, True, False, False)),
        (lambda v: figure(v, "低于"), (False, True, False, True)),
        (lambda v: figure(v, "约"), (False, False, False, False)),
    ],
    ids=["exact", "以上", "超", "以下", "低于", "约"],
)
def test_only_what_the_wording_says_is_known_of_a_bound(fact, known) -> None:
    shown = fact("85")
    assert (at_least(shown, 85), at_most(shown, 85), over(shown, 85), under(shown, 85)) == known


def test_figures_exceed_each_other_only_for_certain() -> None:
    assert exceeds(figure("85.40"), figure("70", "低于"))
    assert exceeds(figure("70"), figure("70", "低于"))
    assert exceeds(figure("85", "以上"), figure("50", "以下"))
    assert not exceeds(figure("85", "以上"), figure("92"))
    assert not exceeds(figure("70", "低于"), figure("21.7"))
    assert not exceeds(figure("70"), figure("70"))
    assert not exceeds(figure("90", "约"), figure("20"))
