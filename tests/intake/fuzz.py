"""Files damaged at random, the same ones on every run, and what must hold of whatever is read."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.periods import parse_period
from lib.catalog.places import DEPARTMENT_BY_ID, DISTRICT_BY_ID, LEVEL_BY_ID
from lib.catalog.rosters import ROSTER_BY_ID
from lib.intake.draft import Draft
from lib.intake.issues import SEVERITIES
from lib.intake.reading import Reading, read_file
from lib.intake.schema import schema
from lib.settings import bulletins_dir
from lib.store.content import content_hash
from tests.books import repacked
from tests.intake.messy.build import committed

SECONDS = 10
CHOICES = {"period": "2022H1"}
REGISTERS = {
    "district": DISTRICT_BY_ID, "department": DEPARTMENT_BY_ID, "level": LEVEL_BY_ID,
    "metric": METRIC_BY_ID, "roster": ROSTER_BY_ID,
}  # fmt: skip
_TOKENS = [
    b'"', b"'", b",", b"\t", b"\r", b"\n", b"\r\n", b"\x00", b"\x1f", b"\x1a", b"\xef\xbb\xbf", b"\xff\xfe",
    b"=1+1", b"1e400", b"NaN", b"inf", b"-", b"%", b"#REF!", b"99999999999999999999", b"\xce", b"\xa3\xb1",
    "（".encode(), "、".encode(), "合计".encode(), "①".encode(), "\u200b".encode(), "各1件".encode(),
    b"2022H1", "溧阳市".encode(), "市教育局".encode(), "填表人：某某".encode(), "注：".encode(),
]  # fmt: skip
_WORDS = [
    b"1e300",
    b"-5",
    b"0",
    b"NaN",
    b"TRUE",
    b"#REF!",
    b"44742",
    b"1E+18",
    b"XFD1048576",
    b"_xD83D_",
    b" ",
]
_SHAPES = [
    rb"<c .*?</c>", rb"<row.*?</row>", rb">[^<]+<", rb"(?<=>)[0-9]+(?=<)", rb'(?<= [rst]=)"[^"<]*"',
    rb'(?<=ref=)"[^"<]*"',
]  # fmt: skip
_XML = [
    b"<f>1+1</f>", b"<v>1e400</v>", b"<v>NaN</v>", b"<v>99999999999999999999999</v>", b't="e"', b't="b"', b't="d"',
    b' s="999"', b' r="XFD1048576"', b' r="A0"', b' ref="A1:XFD1048576"', b"&x;", b"<![CDATA[", b"</c>", b"<row/>",
    b"_xD83D_", b"_x0000_", b"-1", b"<mergeCell ref=\"A1:C9\"/>", b"hidden=\"1\"", b"<!DOCTYPE a>",
]  # fmt: skip


def seeds(workbooks: bool) -> dict[str, bytes]:
    """The committed samples that can be opened and the shipped files, of one kind, cut short."""
    paths = [*committed().values(), *sorted(bulletins_dir().glob("*/*.csv"))]
    found = {path.name: path.read_bytes() for path in paths}
    return {
        name: content if workbooks else content[:6_000]
        for name, content in found.items()
        if content.startswith(b"PK") == workbooks and content and not name.startswith("M40")
    }


def damaged(content: bytes, dice: Random, tokens: list[bytes] = _TOKENS) -> bytes:
    """One to four flips, cuts, insertions, repeats or swaps."""
    made = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        one, two = sorted(dice.randrange(len(made) + 1) for _ in range(2))
        near = min(one + dice.randint(1, 40), len(made))
        match dice.randrange(8):
            case 0 if one < len(made):
                made[one] ^= 1 << dice.randrange(8)
            case 1:
                made[one:near] = dice.randbytes(near - one)
            case 2:
                del made[one:near]
            case 3 if two < len(made):
                del made[two:]
            case 4:
                made[near:near] = made[one:near] * dice.choice([1, 3, 50])
            case 5:
                made[one:near], made[two : two + 20] = made[two : two + 20], made[one:near]
            case _:
                made[one:one] = dice.choice(tokens) * dice.choice([1, 1, 1, 2, 700])
    return bytes(made)


def damaged_text(content: bytes, dice: Random) -> bytes:
    """A text with damage to its bytes, or with cells and lines changed, lost, repeated or swapped."""
    if dice.randrange(3) == 0:
        return damaged(content, dice)
    lines = [line.split(b",") for line in content.split(b"\n")]
    for _ in range(dice.randint(1, 4)):
        one, two = (dice.randrange(len(lines)) for _ in range(2))
        cell, other = dice.randrange(len(lines[one])), dice.randrange(len(lines[two]))
        match dice.randrange(9):
            case 0:
                lines[one], lines[two] = lines[two], lines[one]
            case 1:
                lines.insert(two, [*lines[one]])
            case 2 if len(lines) > 2:
                del lines[one]
            case 3:
                lines[one].insert(cell, b"")
            case 4 if len(lines[one]) > 1:
                del lines[one][cell]
            case 5:
                lines[one][cell], lines[two][other] = lines[two][other], lines[one][cell]
            case 6:
                lines[one][cell] += dice.choice(_TOKENS)
            case 7:
                lines[one][cell] = b""
            case _:
                lines[one][cell] = dice.choice(_TOKENS)
    return b"\n".join(b",".join(line) for line in lines)


def damaged_xml(part: bytes, dice: Random) -> bytes:
    """XML that is still XML, with cells or words changed, lost, repeated or swapped."""
    for _ in range(dice.randint(1, 4)):
        shape = dice.choice(_SHAPES)
        spots = [found.span() for found in re.finditer(shape, part)]
        if not spots:
            continue
        (one, end), (other, last) = dice.choice(spots), dice.choice(spots)
        text, more = part[one:end], part[other:last]
        inside = dice.choice([*_WORDS, *(token for token in _TOKENS if token.isalnum())])
        new = {
            b"<": dice.choice([b"", more, text * 2, text.replace(b'"s"', b'"str"')]),
            b'"': dice.choice([more, b'"%s"' % inside]),
            b">": dice.choice([more, b">%s<" % inside]),
        }.get(text[:1], dice.choice([more, inside, text[:-1], text * 9]))
        part = part[:one] + new + part[end:]
    return part


def damaged_workbook(content: bytes, dice: Random) -> bytes:
    """A workbook with damage to its bytes, to one of its parts, or to which parts there are."""
    if dice.randrange(5) == 0:
        return damaged(content, dice)
    how, parts = dice.randrange(12), list[bytes]()

    def change(name: str, part: bytes) -> bytes | None:
        parts.append(part)
        hit = name.endswith("sheet1.xml") or dice.randrange(40) == 0
        if not hit:
            return part
        if how == 0:
            return None
        if how == 1:
            return dice.choice(parts)
        return damaged(part, dice, _XML) if how == 2 else damaged_xml(part, dice)

    return repacked(content, change)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raise TimeoutError after so many seconds of this process's own time."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not read in {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def checked(content: bytes, name: str) -> Reading:
    """Read a file and check everything that has to hold whatever is in it."""
    with within(SECONDS):
        reading = read_file(content, name, CHOICES)
    for issue in reading.issues:
        assert issue.severity in SEVERITIES
        assert issue.message
        assert issue.fix or issue.question or issue.severity != "阻断", issue
    assert reading.drafts or reading.blocked
    for draft in reading.drafts:
        if not draft.blocked:
            check_publishable(draft)
    return reading


def check_publishable(draft: Draft) -> None:
    """What the store relies on in a draft that nothing blocks."""
    table, dataset = draft.table, draft.dataset
    assert table is not None
    assert dataset is not None
    assert table.schema.equals(schema(dataset))
    table.validate(full=True)
    assert len(table)
    for column in dataset.columns:
        if column.kind == "qualifier":
            continue
        values = table[column.name].to_pylist()
        assert None not in values or not column.required, column.name
        found = {value for value in values if value is not None}
        if column.kind == "period":
            assert all((p := parse_period(value)) and p.id == value for value in found)
        if column.kind == "measure":
            assert all(0 <= value < 10**15 for value in found)
        if column.kind in REGISTERS:
            assert found <= REGISTERS[column.kind].keys()
    assert content_hash(dataset, table)
