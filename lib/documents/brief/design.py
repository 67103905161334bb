"""The page of a brief in points: one set of sizes for Word, for the PDF, and for what fits.

Every line has a fixed height, so that a page is as high as its lines are many, whatever the fonts.
"""

from __future__ import annotations

_MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * _MM, 297 * _MM
SIDE, TOP, BOTTOM = 15 * _MM, 12 * _MM, 14 * _MM
WIDTH, HEIGHT = PAGE_WIDTH - 2 * SIDE, PAGE_HEIGHT - TOP - BOTTOM

# Kind of text > its size and the height of its lines.
TYPE: dict[str, tuple[float, float]] = {
    "title": (20, 27),
    "about": (9.5, 14),
    "heading": (12, 17),
    "point": (10.5, 15),
    "cell": (9, 13),
    "note": (8.5, 12),
    "card": (10, 15),
    "value": (20, 24),
    "light": (9, 13),
    "line": (8.5, 11.5),
    "footer": (8, 11),
}
BEFORE_HEADING, AFTER_HEADING, AFTER_ABOUT = 6, 3, 4
CELL_ABOVE, CELL_ASIDE = 1.5, 4  # a table's cells, above and below, left and right
CARD_COLUMNS, CARD_ABOVE, CARD_ASIDE = 3, 3, 7
NUMBER = 18  # a sentence's number
# A part's columns by how many it has, as shares of the width.
SHARES: dict[int, tuple[float, ...]] = {
    3: (0.21, 0.38, 0.41),
    5: (0.31, 0.11, 0.13, 0.21, 0.24),
}
