"""A figure's tag in a Word file leads back to its facts."""

from __future__ import annotations

from lib.queries.facts import fact_book
from lib.queries.references import TAG_LIMIT, figure_tag, is_short, short_tag, tagged_facts


def test_every_fact_has_a_tag_that_word_allows_and_that_leads_back() -> None:
    for fact in fact_book("R0001", "2022H1"):
        tag = figure_tag([fact], "R0001")
        assert short_tag(tag) == tag
        assert tagged_facts(tag) == (fact,)


def test_the_tag_of_a_sum_is_a_digest_in_the_file_and_leads_back_in_full() -> None:
    facts = tuple(fact_book("R0001", "2022H1").of("warning_count"))
    tag = figure_tag(facts, "R0001")
    assert len(tag) > TAG_LIMIT
    assert is_short(short_tag(tag))
    assert len(short_tag(tag)) <= TAG_LIMIT
    assert short_tag(tag) == short_tag(figure_tag(facts, "R0001"))
    assert tagged_facts(tag) == facts


def test_a_tag_of_an_unknown_release_period_or_metric_leads_nowhere() -> None:
    assert tagged_facts("overdue_count~city~2022H1@R9999") == ()
    assert tagged_facts("overdue_count~city~2031H1@R0001") == ()
    assert tagged_facts("no_such~city~2022H1+overdue_count~city~2022H1@R0001") == ()
    assert tagged_facts("") == ()
