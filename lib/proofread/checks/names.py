"""名称写法: one department under several names in one draft, and names that mean several places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lib.catalog.places import AMBIGUOUS, DEPARTMENT_BY_ID
from lib.insight.wording import listed
from lib.proofread.hits import Hit
from lib.proofread.places import Mention, mentions
from lib.proofread.reading import Passage, Reading, Span

_FORMS = re.compile("(?:各|两|个|本)?辖(?P<form>市（区）|市区|市、区|区（市）)")
_QUALIFIED = re.compile(r"(?:武进|常州|华罗庚|金坛|国家|省级|国家级|[江苏]省)$")


def _is_short_for_list(passage: Passage, mention: Mention) -> bool:
    """Whether 市 was said once for a whole list: 市科技局、工信局、财政局."""
    name = DEPARTMENT_BY_ID[mention.id or ""].name
    if name != f"市{mention.name}":
        return False
    before = passage.text[max(0, mention.start - 60) : mention.start]
    items = re.split("[，。；：]", before)[-1].split("、")
    return len(items) > 1 and "市" in items[0] and not any(i.startswith("市") for i in items[1:])


def _is_apart(passage: Passage, mention: Mention) -> bool:
    """Whether a name is no other way of naming: cut short in a list, or a branch named in brackets."""
    remark = passage.text[mention.start - 1 : mention.start] == "（"
    return (remark and _general(mention.name)) or _is_short_for_list(passage, mention)


def _departments(reading: Reading) -> dict[str, dict[str, list[Span]]]:
    """Department > name it goes by > where."""
    found: dict[str, dict[str, list[Span]]] = {}
    for passage in reading.stating:
        for mention in mentions(passage.bare):
            if mention.kind != "department" or _is_apart(passage, mention):
                continue
            span = Span(passage, mention.start, mention.end)
            found.setdefault(mention.id or "", {}).setdefault(mention.name, []).append(span)
    return found


def _general(name: str) -> bool:
    """Whether a name speaks of the branch rather than the bureau: 发改部门."""
    return name.endswith("部门")


def _preferred(names: Counter[str], official: str) -> str:
    """The name used most; the registered one where it is used about as often."""
    formal = {name: n for name, n in names.items() if not _general(name)}
    best = max(formal, key=lambda name: formal[name], default=official)
    return official if formal.get(best, 0) - names[official] <= 1 else best


def department_names(reading: Reading) -> Iterator[Hit]:
    """One finding for each name that differs from the one its department mostly goes by."""
    for department, spans in _departments(reading).items():
        names = Counter({name: len(places) for name, places in spans.items()})
        if len(names) < 2:
            continue
        chosen = _preferred(names, DEPARTMENT_BY_ID[department].name)
        told = listed(f"“{name}”{count}处" for name, count in names.most_common())
        for name in names:
            if name == chosen:
                continue
            general = _general(name)
            yield Hit(
                spans[name][0],
                f"同一部门有{len(names)}种写法：{told}，宜统一为“{chosen}”",
                chosen,
                "可能" if general else "很可能",
                None if general else chosen,
                tuple(spans[name][1:]),
            )


def ambiguous_places(reading: Reading) -> Iterator[Hit]:
    """Names that several places go by, without the word that tells which."""
    for passage in reading.stating:
        for mention in mentions(passage.bare):
            before = passage.text[max(0, mention.start - 3) : mention.start]
            if mention.name in AMBIGUOUS and not _QUALIFIED.search(before):
                what = f"“{mention.name}”{AMBIGUOUS[mention.name][0]}"
                yield Hit(Span(passage, mention.start, mention.end), what, "", "可能")


def district_words(reading: Reading) -> Iterator[Hit]:
    """辖市（区） written in several ways in one draft."""
    spans: dict[str, list[Span]] = {}
    for passage in reading.passages:
        for match in _FORMS.finditer(passage.text):
            at = match.start("form") - 1
            spans.setdefault(f"辖{match['form']}", []).append(Span(passage, at, match.end()))
    if len(spans) < 2:
        return
    names = Counter({name: len(places) for name, places in spans.items()})
    (chosen, most), *others = names.most_common()
    told = listed(f"“{name}”{count}处" for name, count in names.items())
    for name, count in others:
        mend = chosen if most > count else None
        what = f"同一称呼有{len(names)}种写法：{told}，宜统一"
        yield Hit(spans[name][0], what, chosen, "很可能", mend, tuple(spans[name][1:]))
