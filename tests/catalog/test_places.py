"""Names of places and departments: exact aliases, nothing guessed."""

from lib.catalog.places import (
    DEPARTMENTS,
    DISTRICTS,
    LEVEL_BY_ID,
    resolve_department,
    resolve_district,
    resolve_level,
)


def test_aliases_resolve_exactly() -> None:
    found = {name: resolve_department(name).id for name in ("市市监局", "市市场监管局", "市市场局")}
    assert set(found.values()) == {"market"}
    assert [resolve_district(name).id for name in ("经开", "常州经开区", "经开区")] == [
        "jingkai"
    ] * 3


def test_similar_names_are_not_merged() -> None:
    assert resolve_department("市教育局").id != resolve_department("市体育局").id
    assert resolve_department("教育厅").id is None
    assert resolve_department("市档案局").id != resolve_department("市档案馆").id


def test_an_ambiguous_name_needs_a_person() -> None:
    resolution = resolve_district("高新区")
    assert resolution.id is None
    assert "武进高新区" in resolution.problem
    assert resolve_district("武进高新区").id is None


def test_a_bracketed_remark_is_split_off_the_name() -> None:
    resolution = resolve_department("市自然资源和规划局（含不动产交易中心）")
    assert (resolution.id, resolution.note) == ("natural_resources", "含不动产交易中心")


def test_blanks_inside_names_do_not_matter() -> None:
    assert resolve_district("戚 区").id == "qishuyan"
    assert resolve_district("新\u3000北\u00a0区").id == "xinbei"


def test_historical_districts_are_places_of_their_own() -> None:
    assert resolve_district("戚墅堰区").id not in {district.id for district in DISTRICTS}
    assert resolve_district("金坛市").id != resolve_district("金坛区").id


def test_the_city_level_is_not_the_city() -> None:
    assert resolve_district("市本级").id == "city_level"
    assert resolve_district("全市").id == "city"


def test_jingkai_has_no_county_code() -> None:
    assert {d.name: d.gb_code for d in DISTRICTS}["经开区"] is None


def test_no_name_means_two_departments() -> None:
    names = [name for d in DEPARTMENTS for name in (d.name, *d.aliases)]
    assert len(names) == len(set(names))


def test_a_level_keeps_its_key_when_its_name_changes() -> None:
    assert resolve_level("村级").id == "village"
    assert LEVEL_BY_ID["village"].name_in("2022-06-30") == "便民服务中心"
    assert LEVEL_BY_ID["town"].name_in("2022-12-31") == "便民服务中心"
    assert LEVEL_BY_ID["village"].name_in("2022-12-31") == "便民服务站"
