"""Every Arabic number of the published bulletin is in the data, and the data has no others."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from lib.catalog.outline import SECTIONS
from lib.queries.facts import Fact, fact_book
from lib.queries.rosters import roster_members
from lib.queries.stated import highlights

NUMBER = re.compile(r"\d+(?:\.\d+)?")
MAJOR = re.compile(r"([一二三四])、")
NUMBERED = re.compile(r"(\d)\.")
BRACKETED = re.compile(r"\s*[(（]([一二三四五]?)[)）]")
DISTRICT = re.compile(r"(..[市区]):")
TOPIC = re.compile(r"(权力事项认领|不见面办理|即办件)(?:事项)?情况。")

# What is not a figure, by section: text removed before numbers are looked for, and why.
NOT_FIGURES: list[tuple[str, str]] = [
    (r"〔2022\d+号", "document numbers, whose closing bracket the web page lost"),
    (r"\(2022年版\)", "edition in the title of a list"),
    (r"《2022年便民服务提升工程重点任务清单》|2022年政务便民工程", "year in a title"),
    (r"“1\+N|“1\+N”|“1个事项录入1条数据”|“1\+N注销套餐办”", "numbers inside a coined phrase"),
    (r"附件1", "number of an annex"),
    (r"2022年8\D?8日?", "the bulletin's own date"),
]


def sections(text: str) -> dict[str, str]:
    """The text by section id, headings' own numbers removed."""
    found: dict[str, list[str]] = defaultdict(list)
    major = bracket = here = "页眉"
    order = iter("一二三四五")
    for line in text.splitlines():
        if line.startswith("今年以来"):
            here = "前言"
        if match := MAJOR.match(line):
            major = here = match[1]
            order = iter("一二三四五")
            continue
        if major in "三四" and (match := BRACKETED.match(line)):
            bracket = here = f"{major}（{next(order)}）"
            line = line[match.end() :]
        elif major in ("一", "三") and (match := NUMBERED.match(line)):
            here = f"一、{match[1]}" if major == "一" else f"{bracket}{match[1]}"
            line = line[match.end() :]
        elif major == "二" and (match := DISTRICT.match(line)):
            here = f"二、{match[1]}"
        elif match := TOPIC.match(line):
            here = f"{bracket}{match[1]}"
        found[here].append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def stated(text: str) -> set[str]:
    """The numbers of a section that are figures."""
    for pattern, _ in NOT_FIGURES:
        text = re.sub(pattern, "", text)
    return set(NUMBER.findall(text))


def said_in(fact: Fact) -> list[str]:
    """Its section; a district's new sites are stated in the paragraph on the whole city."""
    return ["二", fact.section or ""] if fact.dataset == "centers" else [fact.section or ""]


def carried() -> dict[str, set[str]]:
    """The numbers the data holds, by section: figures, dates as written, names and items."""
    held: dict[str, set[str]] = defaultdict(set)
    for fact in fact_book("R0001", "2022H1"):
        for section in said_in(fact):
            held[section] |= set(NUMBER.findall(f"{fact.value_text} {fact.as_of_text}"))
    for row in (
        *roster_members("R0001", "2022H1").to_pylist(),
        *highlights("R0001", "2022H1").to_pylist(),
    ):
        words = (row.get("member"), row.get("item"), row["as_of_text"])
        held[row["section"]] |= set(NUMBER.findall(" ".join(filter(None, words))))
    return held


def test_every_number_of_the_bulletin_is_in_the_data(bulletin_text: str) -> None:
    parts = sections(bulletin_text)
    assert set(SECTIONS) <= set(parts)
    parts.pop("页眉")  # index number and dates of the web page
    held = carried()
    missing = {name: left for name, text in parts.items() if (left := stated(text) - held[name])}
    assert missing == {}


def test_no_figure_was_invented(bulletin_text: str) -> None:
    parts = sections(bulletin_text)
    invented = [
        (fact.section, fact.metric, fact.value_text)
        for fact in fact_book("R0001", "2022H1")
        if not any(fact.value_text in parts[section] for section in said_in(fact))
        and "未写数字" not in (fact.note or "")
    ]
    assert invented == []


def test_no_highlight_copies_a_sentence(bulletin_text: str) -> None:
    flat = re.sub(r"\s", "", bulletin_text)
    length = 18
    copied = [
        row["item"]
        for row in highlights("R0001", "2022H1").to_pylist()
        if any(row["item"][i : i + length] in flat for i in range(len(row["item"]) - length + 1))
    ]
    assert copied == []


@pytest.mark.parametrize(("pattern", "reason"), NOT_FIGURES)
def test_every_exception_is_still_needed(bulletin_text: str, pattern: str, reason: str) -> None:
    assert re.search(pattern, bulletin_text), reason
