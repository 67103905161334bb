"""Every registered name is found however it is spaced or annotated, and no other name is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lib.catalog.places import (
    ALL_DEPARTMENTS,
    AMBIGUOUS,
    CITY,
    CITY_LEVEL,
    DEPARTMENTS,
    DISTRICTS,
    HISTORICAL_DISTRICTS,
    LEVELS,
    Resolution,
    clean_name,
    place_name,
    resolve_department,
    resolve_district,
    resolve_level,
)

DISTRICT_NAMES = {
    name: place.id
    for place in (CITY, CITY_LEVEL, *DISTRICTS, *HISTORICAL_DISTRICTS)
    for name in (place.name, *place.aliases)
}
DEPARTMENT_NAMES = {
    name: place.id
    for place in (*DEPARTMENTS, ALL_DEPARTMENTS)
    for name in (place.name, *place.aliases)
}
REGISTERS = [(resolve_district, DISTRICT_NAMES), (resolve_department, DEPARTMENT_NAMES)]
BLANKS = st.text(" \t\n\u00a0\u2002\u2003\u3000\u200b\u200d\ufeff", max_size=2)
NOTES = st.text(
    st.characters(exclude_characters="()（）", exclude_categories=["Z", "C"]), max_size=9
)


def test_no_name_means_two_places() -> None:
    every = [
        n
        for p in (CITY, CITY_LEVEL, *DISTRICTS, *HISTORICAL_DISTRICTS)
        for n in (p.name, *p.aliases)
    ]
    assert len(every) == len(DISTRICT_NAMES)
    every = [name for d in (*DEPARTMENTS, ALL_DEPARTMENTS) for name in (d.name, *d.aliases)]
    assert len(every) == len(DEPARTMENT_NAMES)
    assert not set(AMBIGUOUS) & {*DISTRICT_NAMES, *DEPARTMENT_NAMES}


@pytest.mark.parametrize(("resolve", "names"), REGISTERS, ids=["district", "department"])
@given(data=st.data())
def test_a_name_is_found_however_it_is_spaced_or_annotated(resolve, names, data) -> None:
    name = data.draw(st.sampled_from(sorted(names)))
    note = data.draw(NOTES)
    assert resolve(name) == Resolution(names[name])
    spaced = "".join(data.draw(BLANKS) + character for character in name) + data.draw(BLANKS)
    assert clean_name(spaced) == name
    assert resolve(spaced) == Resolution(names[name])
    for annotated in (f"{name}（{note}）", f"{spaced}({note})", f"{name}（{note}) "):
        assert resolve(annotated) == Resolution(names[name], clean_name(note))


@pytest.mark.parametrize(("resolve", "names"), REGISTERS, ids=["district", "department"])
@given(data=st.data())
def test_a_name_that_is_not_registered_is_found_nowhere(resolve, names, data) -> None:
    registered = data.draw(st.sampled_from(sorted(names)))
    cut, more = data.draw(st.integers(0, len(registered))), data.draw(st.text(max_size=3))
    text = data.draw(
        st.sampled_from(
            [registered[:cut], registered[cut:], registered + more, more + registered, more]
        )
    )
    bare = clean_name(text).replace("(", "（").partition("（")[0]
    assume(bare not in names)
    found = resolve(text)
    assert found.id is None
    assert found.problem.startswith(f"“{text}”")


def test_the_names_are_those_of_the_register_and_nothing_is_similar() -> None:
    assert {place_name(resolve_district(name).id) for name in ("经开", "常州经开区")} == {"经开区"}
    for near in ("教育局", "市教育厅", "市市监", "武进高新区", "溧阳区", "常州", "", "市", "（）"):
        assert resolve_department(near).id is None
        assert resolve_district(near).id is None


@pytest.mark.parametrize("text", sorted(AMBIGUOUS))
def test_a_name_of_several_places_is_offered_as_these_places(text: str) -> None:
    problem, options = AMBIGUOUS[text]
    assert resolve_district(text) == Resolution(None, problem=f"“{text}”{problem}", options=options)
    assert resolve_department(text) == Resolution(None, problem=f"“{text}”不是已登记的部门")


@given(BLANKS, st.sampled_from(LEVELS), st.sampled_from(["2022-06-30", "2022-12-31", None]))
def test_a_tier_is_its_level_in_every_period(odd: str, level, end: str | None) -> None:
    assert resolve_level(odd.join(level.tier), end) == Resolution(level.id)
    if end:
        assert resolve_level(level.name_in(end), end) == Resolution(level.id)
