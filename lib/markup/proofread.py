"""A proofread draft: the list of findings beside the draft with its marks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lib.markup.tags import badge, link, sources_address, tag
from lib.proofread.draft import Draft
from lib.proofread.findings import Place
from lib.proofread.shown import Numbered, Quote, Stretch, grouped, marked, quote
from lib.proofread.telling import LIGHTS, compared, expected

_MOST_ALSO = 6  # other places that are listed


def proofread(draft: Draft, findings: Sequence[Numbered]) -> str:
    """The findings by kind, each leading to its place, and the draft with the same words marked."""
    return tag("div", _list(draft, findings) + _draft(draft, findings), "tb-proof")


def _list(draft: Draft, findings: Sequence[Numbered]) -> str:
    texts = {paragraph.number: paragraph.text for paragraph in draft.paragraphs}
    groups = "".join(
        tag("h3", f"{escape(kind)} {tag('small', f'{len(ones)}处')}")
        + tag("ol", "".join(_finding(one, texts) for one in ones))
        for kind, ones in grouped(findings).items()
    )
    return tag("div", groups, "tb-found")


def _finding(one: Numbered, texts: dict[int, str]) -> str:
    finding = one.finding
    place = finding.place
    should = expected(finding)
    lines = [
        f"<strong>{one.number}</strong> {badge(LIGHTS[finding.confidence])} {_to(place.paragraph)}",
        _quoted(quote(texts[place.paragraph], place), LIGHTS[finding.confidence].tone),
        escape(finding.message),
        tag("strong", escape(should)) if should else "",
        _also(finding.also),
        _facts(one),
    ]
    body = "".join(tag("p", line) for line in lines if line)
    return f'<li id="found-{one.number}">{body}</li>'


def _to(paragraph: int) -> str:
    return f'<a href="#para-{paragraph}">第{paragraph}段</a>'


def _quoted(words: Quote, tone: str) -> str:
    return f"<q>{escape(words.before)}{_mark(words.words, tone)}{escape(words.after)}</q>"


def _mark(text: str, tone: str) -> str:
    return f'<mark class="tb-{tone}">{escape(text)}</mark>'


def _also(places: Sequence[Place]) -> str:
    """Where else: the paragraphs of the other places, the first few of them."""
    if not places:
        return ""
    paragraphs = list(dict.fromkeys(place.paragraph for place in places))
    more = "等" if len(paragraphs) > _MOST_ALSO else ""
    listed = "、".join(map(_to, paragraphs[:_MOST_ALSO]))
    return tag("small", f"相关{len(places)}处：{listed}{more}")


def _facts(one: Numbered) -> str:
    facts = one.finding.facts
    return f"溯源：{link(compared(facts), sources_address(facts))}" if facts else ""


def _draft(draft: Draft, findings: Sequence[Numbered]) -> str:
    paragraphs = "".join(
        f'<p id="para-{number}" class="{"tb-title-line" if heading else ""}">'
        f"<small>{number}</small>{''.join(map(_stretch, stretches))}</p>"
        for number, heading, stretches in marked(draft, findings)
    )
    return f'<div class="tb-draft" tabindex="0" role="region" aria-label="草稿">{paragraphs}</div>'


def _stretch(part: Stretch) -> str:
    numbers = "".join(f'<a href="#found-{n}"><sup>{n}</sup></a>' for n in part.ends)
    if part.confidence:
        return _mark(part.text, LIGHTS[part.confidence].tone) + numbers
    text = escape(part.text)
    return (f'<span class="tb-also">{text}</span>' if part.also else text) + numbers
