"""The whole bulletin: templates rendered, gaps and open questions said, headings numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lib.bulletin import annex, frame
from lib.bulletin.acknowledged import noted
from lib.bulletin.layout import Laid, laid, numbered
from lib.bulletin.lists import Lists
from lib.bulletin.notation import paragraphs
from lib.bulletin.parts import Block, Bulletin
from lib.bulletin.problems import WordingError
from lib.bulletin.questions import Questions
from lib.bulletin.rest import rest, said_facts, shown
from lib.bulletin.spans import Ledger, Mark, Piece
from lib.bulletin.wording import Wording, check, rendered, shipped, wordings
from lib.catalog.office import OFFICE
from lib.insight.findings import Finding
from lib.insight.reconcile import reconcile
from lib.queries.facts import Fact, FactBook, fact_book
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.settings import lake_dir


def bulletin(selection: Selection) -> Bulletin:
    """The bulletin of a selection in the wording in force; the same one for the same release.

    Where an office's template cannot be used the shipped one takes its place; `notices` say so.
    """
    return _composed(lake_dir(), selection, wordings())


def preview(selection: Selection, name: str, text: str) -> tuple[Block, ...]:
    """What a text would make as the template of that name, numbered as in the whole bulletin.

    Raises WordingError where it cannot be used.
    """
    if problems := check(name, text):
        raise WordingError(problems)
    tried = (replace(w, text=text) if w.name == name else w for w in wordings())
    made = _composed(lake_dir(), selection, tuple(tried))
    return tuple(block for block in made.blocks if block.template == name)


@lru_cache(maxsize=32)
def _composed(_: Path, selection: Selection, templates: tuple[Wording, ...]) -> Bulletin:
    book = fact_book(selection.release_id, selection.period)
    synthetic = opened_release(selection.release_id).made_up(selection.period)
    lists = Lists(selection)
    notices: list[str] = []
    if len(book) or any(lists.ids()) or lists.any_highlights:
        blocks = _blocks(selection, templates, book, lists, notices)
    else:
        blocks = tuple(frame.nothing(selection))
    left = not_in(blocks, book, selection)
    if left:
        notices.append(
            f"有{len(left)}个数没有写进正文，列在附表“{annex.LEFT}”里；模板里加上“其余”就会写进去"
        )
    return Bulletin(
        selection=selection,
        title=frame.title(selection, synthetic),
        addressee=OFFICE.addressee,
        blocks=(*frame.opening(selection, synthetic), *blocks),
        attachments=frame.attachments(book),
        signatory=OFFICE.signatory,
        date=frame.date(selection, book),
        appendices=(*annex.left_out(left), *annex.appendices(selection)),
        synthetic=synthetic,
        notices=tuple(notices),
    )


def _blocks(
    selection: Selection, templates: tuple[Wording, ...], book: FactBook, lists: Lists,
    notices: list[str],
) -> tuple[Block, ...]:  # fmt: skip
    ledger = Ledger()
    questions = Questions(selection, ledger)
    found: list[Laid] = []
    for template in templates:
        text = _usable(template, questions, notices)
        found += laid(paragraphs(text), ledger, template.name)
    whole = [_with_rest(paragraph, found, book, lists, selection) for paragraph in found]
    return numbered(_with_notes(whole, reconcile(selection.release_id, selection.period)))


def _usable(template: Wording, questions: Questions, notices: list[str]) -> str:
    try:
        return rendered(template, questions)
    except WordingError as error:
        notices.append(
            f"模板{template.name}（{template.title}）不能用，这部分改用了原来的写法：{error}"
        )
        return rendered(shipped(template.name), questions)


def _with_rest(
    paragraph: Laid, everything: list[Laid], book: FactBook, lists: Lists, selection: Selection
) -> Laid:
    """The paragraph with what is left of its section where its template asks for that."""
    sentences: list[tuple[Piece, ...]] = []
    for sentence in paragraph.sentences:
        if not any(isinstance(piece, Mark) and piece.rest for piece in sentence):
            sentences.append(sentence)
            continue
        said = [
            p for other in everything if other.section == paragraph.section for p in other.pieces
        ]
        left = rest(paragraph.section, said, book, lists, selection)
        sentences += [tuple(s) for s in left]
    return replace(paragraph, sentences=tuple(sentences))


def _with_notes(paragraphs: list[Laid], findings: tuple[Finding, ...]) -> list[Laid]:
    """The paragraphs with a remark behind the first mention of what does not add up."""
    still_open = [finding for finding in findings if finding.status == "不一致"]
    made = []
    for paragraph in paragraphs:
        sentences = []
        for sentence in paragraph.sentences:
            pieces, about = noted(list(sentence), still_open)
            still_open = [finding for finding in still_open if finding not in about]
            sentences.append(tuple(pieces))
        made.append(replace(paragraph, sentences=tuple(sentences)))
    return made


def not_in(blocks: Iterable[Block], book: FactBook, selection: Selection) -> tuple[Fact, ...]:
    """The facts the filters show that no block states, in source order."""
    told = said_facts(span for block in blocks for span in block.spans)
    return tuple(fact for fact in book if fact not in told and shown(fact, selection))


def untold(made: Bulletin) -> tuple[Fact, ...]:
    """The facts the filters show that neither a block nor an appendix states: none, ever."""
    cells = (c for a in made.appendices for row in a.table.rows for c in row)
    tabled = said_facts(cells)
    book = fact_book(made.selection.release_id, made.selection.period)
    return tuple(f for f in not_in(made.blocks, book, made.selection) if f not in tabled)
