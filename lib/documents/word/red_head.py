"""红头: 发文机关标志, a number left for people to fill in, and the red rule."""

from __future__ import annotations

from collections.abc import Sequence

from lib.documents.lines import ems
from lib.documents.word.official import ISSUER_SIZE, MARK_TOP, RED, room
from lib.documents.word.xml import TWIPS_A_POINT, Element, paragraph, run, twips, w

CODE = "常协调办"  # 机关代字
_RULE_GAP = 11  # points from the number to the rule: 4 mm


def red_head(issuer: Sequence[str], year: int) -> list[Element]:
    """The head of a page: the issuer in red 35 mm down, 〔year〕　号 unnumbered, the rule as wide as the text."""
    widest = max(map(ems, issuer), default=1)
    size = min(ISSUER_SIZE, int(room(widest)))
    rule = w("pBdr", w("bottom", val="single", sz=18, space=_RULE_GAP, color=RED))
    return [
        *(
            paragraph(
                "IssuerMark",
                [run(line, w("sz", val=2 * size), w("szCs", val=2 * size))],
                w("spacing", before=0 if number else twips(MARK_TOP),
                  line=round(size * 1.2 * TWIPS_A_POINT), lineRule="exact"),
            )
            for number, line in enumerate(issuer)
        ),
        paragraph("Blank"),
        paragraph("Blank"),
        paragraph("DocumentNumber", [run(f"{CODE}〔{year}〕　号")], rule),
        paragraph("Blank"),
        paragraph("Blank"),
    ]  # fmt: skip
