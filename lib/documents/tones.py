"""Colours of a light on white paper, as on the pages; its shape and word always stand beside them."""

from __future__ import annotations

from lib.insight.status import Tone

TONES: dict[Tone, str] = {
    "blue": "0B5CAB",
    "green": "166B32",
    "orange": "8A5100",
    "red": "B3261E",
    "gray": "56616F",
}
ACCENT, FAINT, RULE, HEAD = "0B5CAB", "56616F", "C9D3DF", "EDF2F8"
