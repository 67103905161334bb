"""Long tables and sentences over several screens."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from lib.insight.table import Table, table
from lib.meeting.paging import TYPE, sentence_parts, table_parts, text_width

WORDS = st.text("政务服务中心一二三0123456789.% —", max_size=60)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 16))
    line = st.lists(WORDS, min_size=columns, max_size=columns)
    return table(draw(line), draw(st.lists(line, min_size=1, max_size=40)))


@given(tables())
def test_a_table_over_screens_loses_no_cell_and_doubles_only_its_first_column(whole: Table) -> None:
    seen: list[list[tuple[str, ...]]] = []  # the rows of each group of columns
    for part in table_parts(whole):
        if not seen or len(seen[-1]) == len(whole.rows):
            seen.append([])
        seen[-1] += part.table.rows
    firsts = [row[0] for row in whole.rows]
    assert all([row[0] for row in rows] == firsts for rows in seen)
    rest = [list(chain.from_iterable(rows[n][1:] for rows in seen)) for n in range(len(firsts))]
    assert rest == [list(row[1:]) for row in whole.rows]


@given(tables())
def test_type_is_never_smaller_than_can_be_read(whole: Table) -> None:
    for part in table_parts(whole):
        assert part.size in TYPE
        assert len(part.shares) == len(part.table.columns)
        assert all(share > 0 for share in part.shares)


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_sentences_over_screens_keep_their_order_and_numbers(sentences: list[str]) -> None:
    parts = sentence_parts(sentences)
    assert list(chain.from_iterable(part.sentences for part in parts)) == sentences
    assert [part.first for part in parts] == [
        1 + sum(len(p.sentences) for p in parts[:n]) for n in range(len(parts))
    ]


def test_a_short_table_is_set_larger_than_a_long_one() -> None:
    def sized(count: int) -> list[float]:
        rows = [(f"地区{n}", "12") for n in range(count)]
        return [part.size for part in table_parts(table(("地区", "个数"), rows))]

    assert sized(3) == [TYPE[0]]
    assert sized(10) == [3.0]
    assert sized(40) == [3.0] * 4


def test_the_screens_of_a_table_are_filled_evenly() -> None:
    rows = [(f"部门{n}", "12") for n in range(18)]
    counts = [len(part.table.rows) for part in table_parts(table(("部门", "件数"), rows))]
    assert counts == [9, 9]


def test_chinese_is_as_wide_as_its_type() -> None:
    assert text_width("政务服务") == 4
    assert text_width("142") < 2
