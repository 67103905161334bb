from collections import Counter

from lib.catalog.datasets import DATASETS
from lib.catalog.metrics import METRIC_BY_ID, METRICS
from lib.catalog.outline import SECTIONS
from lib.catalog.places import DISTRICT_BY_ID
from lib.catalog.rosters import ROSTERS
from lib.catalog.rules import RULES, PartsRule, ProductRule, RatioRule, SubsetRule, SumRule


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_nothing_is_declared_twice() -> None:
    assert repeated([metric.id for metric in METRICS]) == []
    assert repeated([metric.name for metric in METRICS]) == []
    assert repeated([roster.name for roster in ROSTERS]) == []
    assert repeated([rule.id for rule in RULES]) == []


def test_every_metric_says_what_it_is() -> None:
    for metric in METRICS:
        assert metric.definition, metric.id
        assert metric.section in SECTIONS, metric.id
        assert metric.scope in DISTRICT_BY_ID, metric.id
        if isinstance(metric.target, str):
            assert metric.target in METRIC_BY_ID, metric.id


def test_every_roster_and_rule_points_at_something_declared() -> None:
    assert {roster.section for roster in ROSTERS} <= set(SECTIONS)
    for rule in RULES:
        match rule:
            case SumRule():
                used = [rule.metric]
            case RatioRule():
                used = [rule.rate, rule.numerator, rule.denominator]
            case PartsRule():
                used = [rule.whole, *rule.parts]
            case ProductRule():
                used = [rule.total, rule.count, rule.each]
            case SubsetRule():
                used = [rule.part, rule.whole]
        assert set(used) <= set(METRIC_BY_ID), rule.id


def test_the_three_claims_are_three_metrics() -> None:
    claims = ("power_claim_rate", "supervision_claim_rate", "public_service_claimed")
    assert len({METRIC_BY_ID[claim].definition for claim in claims}) == 3


def test_every_dataset_closes_with_its_own_date_and_a_note() -> None:
    for dataset in DATASETS:
        names = [column.name for column in dataset.columns]
        assert {"period", "as_of", "as_of_text", "note"} <= set(names), dataset.id
        assert set(dataset.key) <= set(names), dataset.id
