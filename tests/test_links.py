"""What an address asks for."""

from lib.catalog.places import resolve_district
from lib.links import LinkValues, notice, read_values

OPTIONS = {"liyang": "溧阳市", "jingkai": "经开区"}


def test_names_ids_and_aliases_are_understood() -> None:
    values = read_values(["溧阳市", "jingkai", "经开"], OPTIONS, resolve_district)
    assert values == LinkValues(("liyang", "jingkai"), ())


def test_unknown_values_are_kept_to_be_named() -> None:
    values = read_values(["溧阳市", "火星区", "全市"], OPTIONS, resolve_district)
    assert values == LinkValues(("liyang",), ("火星区", "全市"))
    assert notice("地区", values.unknown, "已按其余条件显示") == (
        "链接里的地区“火星区”、“全市”不存在，没有套用；已按其余条件显示。"
    )
