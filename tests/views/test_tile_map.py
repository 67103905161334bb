"""The map of tiles: every district once, shaded by exact figures only, with the filter's choice marked."""

from lib.catalog.places import DISTRICT_IDS
from lib.markup import tile_map as drawn
from lib.selection import Selection
from lib.views.tile_map import MEASURES, POSITIONS, SITES, reading, tile_map


def test_every_district_has_a_place_of_its_own() -> None:
    assert set(POSITIONS) == set(DISTRICT_IDS)
    assert len(set(POSITIONS.values())) == len(DISTRICT_IDS)


def test_sites_are_shaded_from_least_to_most(whole_city: Selection) -> None:
    shown = {tile.district: (tile.text, tile.shade) for tile in tile_map(whole_city, SITES)}
    assert shown["xinbei"] == ("67", 1.0)
    assert shown["zhonglou"] == ("41", 0.0)
    assert {district: text for district, (text, _) in shown.items()} == {
        "liyang": "58", "jintan": "60", "wujin": "57", "xinbei": "67", "tianning": "43",
        "zhonglou": "41", "jingkai": "65",
    }  # fmt: skip


def test_bounds_are_striped_and_missing_tiles_are_blank(whole_city: Selection) -> None:
    tiles = {t.district: t for t in tile_map(whole_city, "power_claim_rate")}
    assert (tiles["xinbei"].text, tiles["xinbei"].bound, tiles["xinbei"].shade) == (
        "<70%",
        True,
        None,
    )
    assert (tiles["wujin"].text, tiles["wujin"].bound, tiles["wujin"].shade) == ("—", False, None)
    assert tiles["liyang"].shade is not None
    said = reading(tuple(tiles.values()), "power_claim_rate")
    assert "金坛区、武进区未报送" in said
    assert "斜纹表示原文只给界限" in said


def test_a_click_filters_and_a_second_one_shows_all(whole_city: Selection) -> None:
    html = drawn(tile_map(whole_city, SITES), "图", whole_city)
    assert html.count("tb-tile") == 7
    assert "district=liyang" in html
    chosen = Selection("R0001", "2022H1", ("liyang",))
    html = drawn(tile_map(chosen, SITES), "图", chosen)
    assert html.count('aria-current="true"') == 1
    jintan = next(part for part in html.split("<a ") if "金坛区" in part)
    assert "district=jintan" in jintan
    assert "district=liyang" not in jintan
    own = next(part for part in html.split("<a ") if 'aria-current="true"' in part)
    assert "district=" not in own


def test_a_period_without_figures_reads_as_missing(whole_city: Selection) -> None:
    for measure in MEASURES:
        tiles = tile_map(Selection("R0001", "2021H1"), measure)
        assert {tile.text for tile in tiles} == {"—"}
        assert reading(tiles, measure).endswith("各地区本期都没有报送。")
