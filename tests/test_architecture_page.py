"""The architecture page is what the imports say today."""

from __future__ import annotations

from docs import architecture


def test_the_page_is_up_to_date() -> None:
    assert architecture.PAGE.read_text(encoding="utf-8") == architecture.drawn(), "run `make docs`"


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    assert "queries" in architecture.imported("views")
    assert "insight" in architecture.arrows("views")
    assert "queries" not in architecture.arrows("views")


def test_every_part_stands_above_what_it_imports() -> None:
    for name in architecture.files():
        assert all(
            architecture.level(other) < architecture.level(name)
            for other in architecture.imported(name)
        )
