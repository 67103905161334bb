"""The office that issues the bulletin: what it is called on paper, declared once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """Names as they stand in a bulletin.

    bulletin:  what the document is called, after the period's name
    addressee: who it is sent to, ending in a full-width colon
    signatory: the issuing body, a line each as it is set under the text
    """

    bulletin: str
    addressee: str
    signatory: tuple[str, ...]


OFFICE = Office(
    bulletin="政务服务工作推进情况通报",
    addressee="市各有关部门，各辖市（区）协调办，常州经开区协调办：",
    signatory=("常州市政府推进政府职能转变", "和“放管服”改革协调小组办公室"),
)
