"""What is declared is declared once, and points only at what is declared, too."""

from collections import Counter

from lib.catalog.datasets import DATASETS
from lib.catalog.metrics import METRIC_BY_ID, METRICS
from lib.catalog.outline import SECTIONS
from lib.catalog.places import DISTRICT_BY_ID
from lib.catalog.rosters import ROSTER_BY_ID, ROSTERS
from lib.catalog.rules import (
    RULES,
    ApartRule,
    BelowRule,
    CasesRule,
    InsideRule,
    NamedRule,
    PartsRule,
    PlanRule,
    ProductRule,
    RatioRule,
    Rule,
    SubsetRule,
    SumRule,
    WithinRule,
)


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


def used(rule: Rule) -> tuple[list[str], list[str]]:
    """The metrics and the rosters that a rule names."""
    match rule:
        case SumRule():
            return [rule.metric], []
        case PlanRule():
            return [rule.planned, rule.added, rule.upgraded], []
        case RatioRule():
            return [rule.rate, rule.numerator, rule.denominator], []
        case PartsRule():
            return [rule.whole, *rule.parts], []
        case ProductRule():
            return [rule.total, rule.count, rule.each], []
        case SubsetRule():
            return [rule.part, rule.whole], []
        case WithinRule():
            return [rule.part, *rule.wholes], []
        case CasesRule():
            return [rule.metric], []
        case NamedRule():
            return [rule.metric], list(rule.rosters)
        case BelowRule():
            return [rule.metric], [rule.roster]
        case ApartRule():
            return [], [rule.roster, *rule.others]
        case InsideRule():
            return [], [rule.part, rule.whole]


def test_every_roster_and_rule_points_at_something_declared() -> None:
    assert {roster.section for roster in ROSTERS} <= set(SECTIONS)
    for rule in RULES:
        metrics, rosters = used(rule)
        assert metrics or rosters, rule.id
        assert set(metrics) <= set(METRIC_BY_ID), rule.id
        assert set(rosters) <= set(ROSTER_BY_ID), rule.id


def test_rules_compare_only_lists_of_the_same_kind_of_place() -> None:
    for rule in RULES:
        kinds = {ROSTER_BY_ID[roster].member for roster in used(rule)[1]}
        assert len(kinds) <= 1, rule.id
        assert "text" not in kinds, rule.id


def test_the_three_claims_are_three_metrics() -> None:
    claims = ("power_claim_rate", "supervision_claim_rate", "public_service_claimed")
    assert len({METRIC_BY_ID[claim].definition for claim in claims}) == 3


def test_every_dataset_closes_with_its_own_date_and_a_note() -> None:
    for dataset in DATASETS:
        names = [column.name for column in dataset.columns]
        assert {"period", "as_of", "as_of_text", "note"} <= set(names), dataset.id
        assert set(dataset.key) <= set(names), dataset.id
