"""Generated sentences: right ones never yield a finding, and with one number changed always do."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.proofread.texts import told

NAMES = [
    "教育局",
    "民政局",
    "水利局",
    "商务局",
    "体育局",
    "档案局",
    "医保局",
    "城管局",
    "林业局",
    "残联办",
]
PLACES = ["东湖区", "西陵县", "南山区", "北塔区", "青石镇", "白马镇", "双河乡"]
PARTS = st.lists(st.integers(1, 900), min_size=2, max_size=7)
UNITS = st.sampled_from(["件", "条", "家", "份"])


def _checks(text: str) -> list[str]:
    return [check for check, _, _ in told(text)]


@given(PARTS, UNITS, st.data())
def test_a_total_with_bracketed_parts(parts: list[int], unit: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    changed = [*parts[:at], parts[at] + data.draw(st.integers(1, 50)), *parts[at + 1 :]]

    def sentence(shown: list[int]) -> str:
        listed = "、".join(f"{n}（{p}{unit}）" for n, p in zip(NAMES, shown, strict=False))
        return f"全市共受理{sum(parts)}{unit}，涉及{len(parts)}个部门，分别为{listed}。"

    assert _checks(sentence(parts)) == []
    assert _checks(sentence(changed)) == ["part_sums"]


@given(PARTS, UNITS, st.data())
def test_a_total_with_parts_by_place(parts: list[int], unit: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    changed = [*parts[:at], parts[at] + data.draw(st.integers(1, 50)), *parts[at + 1 :]]

    def sentence(shown: list[int]) -> str:
        listed = "、".join(f"{p}{n}{unit}" for p, n in zip(PLACES, shown, strict=False))
        return f"截至6月底，全市共办理{sum(parts)}{unit}，分别为{listed}。"

    assert _checks(sentence(parts)) == []
    assert _checks(sentence(changed)) == ["part_sums"]


@given(st.integers(2, len(NAMES)), st.data())
def test_a_list_with_its_count(count: int, data: st.DataObject) -> None:
    names = NAMES[:count]
    other = data.draw(st.integers(2, 12).filter(lambda n: n != count))
    sentence = "上半年，共有{}个部门未落实，分别为{}。"
    assert _checks(sentence.format(count, "、".join(names))) == []
    assert _checks(sentence.format(other, "、".join(names))) == ["list_lengths"]


@given(st.integers(2, len(NAMES)), st.integers(1, 5))
def test_more_names_than_the_count_behind_them(count: int, fewer: int) -> None:
    names = "、".join(NAMES[:count])
    assert _checks(f"上半年，{names}等{count}个部门落实到位。") == []
    if count - fewer > 1:
        assert _checks(f"上半年，{names}等{count - fewer}个部门落实到位。") == ["list_lengths"]


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 2), st.data())
def test_a_rate_of_two_numbers(whole: int, part: int, places: int, data: st.DataObject) -> None:
    part, unit = min(part, whole), Decimal(1).scaleb(-places)
    rate = (Decimal(part) / whole * 100).quantize(unit, ROUND_HALF_UP)
    wrong = rate + unit * data.draw(st.integers(1, 40))
    sentence = "全市共应归集证照{}类，已归集{}类，归集率{}%。"
    assert _checks(sentence.format(whole, part, rate)) == []
    assert _checks(sentence.format(whole, part, wrong)) == ["rates"]


@given(st.integers(2, 60), st.integers(1, 90), st.integers(1, 500))
def test_so_many_times_so_much_each(count: int, each: int, more: int) -> None:
    sentence = "区财政安排{}万元，对{}个站点进行改造，每个站点补助{}万元。"
    assert _checks(sentence.format(count * each, count, each)) == []
    assert _checks(sentence.format(count * each + more, count, each)) == ["products"]


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 50))
def test_what_is_left(done: int, rest: int, more: int) -> None:
    sentence = "全市共有任务{}项，已完成{}项，仍有{}项未完成。"
    assert _checks(sentence.format(done + rest, done, rest)) == []
    assert _checks(sentence.format(done + rest, done, rest + more)) == ["remainders"]
