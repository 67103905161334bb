"""Figures in content controls: an edited file still says which figure each number was made from."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from lib.bulletin.parts import Gap
from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.documents.word.kept_tags import tags_part
from lib.documents.word.package import Part
from lib.documents.word.xml import Element, run, w
from lib.insight.cells import Figure
from lib.queries.facts import Fact
from lib.queries.references import TAG_LIMIT, figure_tag, short_tag


class Controls:
    """The content controls of one file: ids that repeat from run to run but never within it."""

    def __init__(self, release_id: str) -> None:
        self._release_id = release_id
        self._ids: set[int] = set()
        self._kept: dict[str, str] = {}

    def runs(self, spans: Iterable[str], *properties: Element) -> list[Element]:
        """Pieces of a paragraph: figures in controls, gaps highlighted, the rest as plain text."""
        return [self._run(span, properties) for span in spans if span]

    def part(self) -> Part:
        """What the short tags of the file stand for. Ask for it when every run has been made."""
        return Part("customXml", tags_part(self._kept))

    def _run(self, span: str, properties: tuple[Element, ...]) -> Element:
        if isinstance(span, Gap):
            return run(span, *properties, w("highlight", val="yellow"))
        made = run(span, *properties)
        return self._control(span.facts, made) if isinstance(span, Figure) else made

    def _control(self, facts: tuple[Fact, ...], made: Element) -> Element:
        whole = figure_tag(facts, self._release_id)
        tag = short_tag(whole)
        if tag != whole:
            self._kept[tag] = whole
        properties = w(
            "sdtPr",
            w("alias", val=_alias(facts)),
            w("tag", val=tag),
            w("id", val=self._id(whole)),
            w("text"),
        )
        return w("sdt", properties, w("sdtContent", made))

    def _id(self, tag: str) -> int:
        made = crc32(tag.encode()) & 0x7FFFFFFF or 1
        while made in self._ids:
            made = made % 0x7FFFFFFF + 1
        self._ids.add(made)
        return made


def _alias(facts: tuple[Fact, ...]) -> str:
    """For people who click on the figure: 网办预警件数｜市教育局, 等 where it has more facts."""
    first = facts[0]
    place = place_name(first.department or first.district or "city")
    more = f"等{len(facts)}项" if len(facts) > 1 else ""
    return f"{metric_name(first.metric, first.period)}｜{place}{more}"[:TAG_LIMIT]
