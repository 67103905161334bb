"""Colours by meaning, for light and dark grounds. Red is only for 超期 and 不达标."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One ground's colours; text ones reach 4.5:1 on it, marks 3:1."""

    text: str
    faint: str
    primary: str
    secondary: str
    tertiary: str
    quaternary: str
    warning: str
    overdue: str


LIGHT = Palette(
    text="#1B2430", faint="#56616F", primary="#0B5CAB", secondary="#20798A",
    tertiary="#6C5BB5", quaternary="#8A6A3B", warning="#B98000", overdue="#B3261E",
)  # fmt: skip
DARK = Palette(
    text="#EDF2F8", faint="#B3BDCA", primary="#6FB1F2", secondary="#5CC4D6",
    tertiary="#A99BEB", quaternary="#CBA873", warning="#F2B705", overdue="#FF8A80",
)  # fmt: skip


def palette(dark: bool) -> Palette:
    """The colours for a ground."""
    return DARK if dark else LIGHT
