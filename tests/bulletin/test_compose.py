"""The whole bulletin of the shipped period: all data is in it, and everything in it is from the data."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from lib.bulletin.annex import sources
from lib.bulletin.compose import bulletin, untold
from lib.bulletin.lists import Lists
from lib.bulletin.parts import Bulletin, Gap
from lib.bulletin.rest import section_of
from lib.bulletin.spans import Term, Told
from lib.catalog.outline import SECTIONS
from lib.insight.cells import Figure
from lib.insight.wording import in_full
from lib.queries.facts import fact_book
from lib.queries.rosters import roster_book
from lib.queries.stated import highlights
from lib.selection import Selection

HALF_WIDTH = re.compile(r"[,;:?!()\"'\[\]]|(?<!\d)\.")
DOUBLED = re.compile(r"[，。；、：]{2}|（）|“”|《》")


@pytest.fixture
def made(whole_city: Selection) -> Bulletin:
    return bulletin(whole_city)


def text_of(made: Bulletin, section: str) -> str:
    return "".join(block.text for block in made.blocks if block.section == section)


def figures(made: Bulletin, section: str = "") -> list[Figure]:
    return [
        span
        for block in made.blocks
        if section in ("", block.section)
        for span in block.spans
        if isinstance(span, Figure)
    ]


def test_every_fact_is_stated_as_written_in_its_own_section(made: Bulletin) -> None:
    book = fact_book("R0001", "2022H1")
    missing = [
        (fact.metric, fact.district, fact.department)
        for fact in book
        if not any(
            fact in shown.facts and in_full(fact) == shown
            for shown in figures(made, section_of(fact))
        )
    ]
    assert missing == []
    assert len(book) == 199
    assert untold(made) == ()
    assert made.notices == ()


def test_every_member_of_every_list_is_named_in_its_section(made: Bulletin) -> None:
    lists, book = Lists(made.selection), roster_book("R0001", "2022H1")
    missing = [
        (roster, lists.name(row))
        for roster in book
        for row in lists.rows(roster)
        if lists.name(row) not in text_of(made, row["section"])
    ]
    assert missing == []
    assert sum(len(book.of(roster)) for roster in book) == 337


def test_every_highlight_is_told_in_its_section(made: Bulletin) -> None:
    rows = highlights("R0001", "2022H1").to_pylist()
    assert [r["item"] for r in rows if r["item"] not in text_of(made, r["section"])] == []
    assert len(rows) == 72


def test_the_sections_stand_in_the_order_of_the_outline(made: Bulletin) -> None:
    told = list(dict.fromkeys(block.section for block in made.blocks if block.section))
    assert told == list(SECTIONS)
    assert [block.text for block in made.blocks if block.level] == [
        "一、总体工作情况",
        "二、政务服务体系建设情况",
        "三、“一网通办”推进情况",
        "（一）服务能级提升情况",
        "（二）主要指标运行情况",
        "（三）网办响应情况",
        "（四）网站抽检情况",
        "（五）移动端标准应用接入情况",
        "四、“互联网+监管”推进情况",
        "（一）系统建设情况",
        "（二）事项梳理情况",
        "（三）数据汇聚情况",
        "（四）风险预警线索反馈情况",
        "（五）监管信息报送情况",
    ]


def test_numbered_paragraphs_and_run_in_headings_are_marked(made: Bulletin) -> None:
    leads = ["".join(block.spans[: block.lead]) for block in made.blocks if block.lead]
    assert leads[:2] == ["1.便民服务提升工程。", "2.省级试点任务。"]
    assert "溧阳市：" in leads
    assert leads[-4:] == [
        "8.天宁区：",
        "权力事项认领情况。",
        "不见面办理情况。",
        "即办件情况。",
    ]


def test_no_number_stands_outside_the_data(made: Bulletin) -> None:
    own = [
        (block.section, span)
        for block in made.blocks
        for n, span in enumerate(block.spans)
        if not isinstance(span, Figure | Told | Term) and re.search(r"\d", span)
        if not (n == 0 and re.fullmatch(r"\d\.", span))
    ]
    assert own == []


def test_a_figure_is_a_fact_as_written_or_says_that_it_is_computed(made: Bulletin) -> None:
    computed = [
        str(shown)
        for block in made.blocks
        for shown in block.spans
        if isinstance(shown, Figure) and shown not in {in_full(fact) for fact in shown.facts}
    ]
    assert computed == [
        "35＋25＋35＋35＋26＋25＋20", "201个", "71.0%", "58.1%", "12.9个百分点", "77.5%", "58.1%",
        "19.4个百分点", "10个×10万元", "100万元", "51.4%", "60.9%", "59.2%",
        "930÷1029", "90.38%", "4＋1＋2＋2＋5＋1", "15条",
    ]  # fmt: skip


def test_what_does_not_add_up_is_said_where_it_stands(made: Bulletin) -> None:
    text = "".join(block.text for block in made.blocks)
    assert re.findall(r"[^；。]{4}（注：[^（）]*，待核对）.", text) == [
        "200个（注：便利站提升数按35＋25＋35＋35＋26＋25＋20计算为201个，待核对）。",
        "10万元（注：新北区专项资金按10个×10万元计算为100万元，待核对）。",
        "全省第三（注：监管事项认领率按930÷1029计算为90.38%，待核对）。",
        "（1条）（注：省门户录用按4＋1＋2＋2＋5＋1计算为15条，待核对）。",
    ]
    assert text.count("（注：") == 4


def test_punctuation_is_full_width_and_every_paragraph_ends(made: Bulletin) -> None:
    body = [block for block in made.blocks if not block.level]
    assert [b.text for b in body if not b.text.endswith("。")] == []
    text = "\n".join("".join(block.spans[block.lead and 1 :]) for block in made.blocks)
    assert HALF_WIDTH.findall(text) == []
    assert DOUBLED.findall(text) == []


def test_nothing_is_missing_from_the_shipped_period(made: Bulletin) -> None:
    assert [s for block in made.blocks for s in block.spans if isinstance(s, Gap)] == []


def test_the_frame_is_the_offices_and_the_date_is_the_data_s(made: Bulletin) -> None:
    assert made.title == "2022年上半年政务服务工作推进情况通报"
    assert made.addressee == "市各有关部门，各辖市（区）协调办，常州经开区协调办："
    assert "".join(made.signatory) == "常州市政府推进政府职能转变和“放管服”改革协调小组办公室"
    assert made.date == dt.date(2022, 8, 8)
    assert made.attachments == ("尚未接入的移动端标准应用清单（31项，未随数据报送，待补）",)
    assert not made.synthetic


def test_appendices_state_that_they_are_whole(made: Bulletin) -> None:
    assert [(a.title.partition("（")[0], len(a.table.rows)) for a in made.appendices] == [
        ("公共服务事项已认领数", 9),
        ("服务阵地全市进度", 4),
        ("服务阵地提升范围", 7),
        ("权力事项认领率", 7),
        ("不见面办理率", 8),
        ("即办件占比", 8),
        ("网办预警与超期", 18),
        ("监管行为覆盖率", 12),
        ("省门户录用监管信息", 8),
        ("待核对的数", 6),
    ]
    stated = [a.note for a in made.appendices]
    assert stated == [f"共{len(a.table.rows)}行，已全部列出。" for a in made.appendices]


def test_sources_name_the_row_of_every_figure_once(made: Bulletin) -> None:
    annex = sources(made)
    book = fact_book("R0001", "2022H1")
    assert len(annex.table.rows) == len(book)
    rows = {row[2:4]: row for row in annex.table.rows}
    assert rows["监管事项认领率", "市本级"][1:] == (
        "89.17%", "监管事项认领率", "市本级", "未注明（2022-08-08）", "R0001",
        "indicators.csv", "87", next(f.source_sha256 for f in book if f.metric == "supervision_claim_rate")[:12],
    )  # fmt: skip
    assert annex.note.startswith("共199行，已全部列出。")
    assert all(fact.source_sha256 in annex.note for fact in book)


def test_the_same_release_gives_the_same_bulletin(whole_city: Selection) -> None:
    from lib.bulletin.compose import _composed

    first = bulletin(whole_city)
    _composed.cache_clear()
    again = bulletin(whole_city)
    assert first is not again
    assert first == again
