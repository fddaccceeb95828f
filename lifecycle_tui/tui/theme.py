"""Themes: dark (default), light, high-contrast and monochrome, over the Okabe-Ito palette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

SKY, BLUE, ORANGE, GREEN = "#56B4E9", "#0072B2", "#E69F00", "#009E73"
PURPLE, YELLOW, VERMILLION, GREY = "#CC79A7", "#F0E442", "#D55E00", "#999999"

FILLS: Final = {
    "extension": (SKY, "black"),
    "runtime": (BLUE, "white"),
    "function": (ORANGE, "black"),
    "handler": (GREEN, "black"),
    "overhead": (GREEN, "black"),
    "tail": (PURPLE, "black"),
    "shutdown": (YELLOW, "black"),
    "reset": (VERMILLION, "black"),
}
"""By phase style: the fill of its cells and the colour of its letter."""

DEFAULT_THEME: Final = "okabe-ito"
NO_COLOUR_THEME: Final = "monochrome"


def _fills(strength: float = 0.16) -> dict[str, str]:
    """Return the variables of the phases: fill, letter and the grain of the texture."""
    variables: dict[str, str] = {}
    for name, (fill, ink) in FILLS.items():
        colour = Color.parse(fill)
        grain = colour if name == "handler" else colour.blend(Color.parse("black"), strength)
        variables |= {
            f"lane-{name}": fill,
            f"lane-{name}-ink": ink,
            f"lane-{name}-grain": grain.hex6,
        }
    return variables


def _variables(
    *, ink: str, dim: str, faint: str, line: str, mark: str, paper: str, raised: str, words: str
) -> dict[str, str]:
    """Return the variables that are ours, for a theme with colours.

    Args:
        ink: ordinary text.
        dim: text that stands back.
        faint: what is barely there.
        line: rules of headings.
        mark: the one accent.
        paper: the background.
        raised: the background of what is selected.
        words: how start words are coloured: ``light`` or ``deep``.
    """
    deep = words == "deep"
    return {
        **_fills(),
        "ink": ink,
        "ink-dim": dim,
        "ink-faint": faint,
        "line": line,
        "mark": mark,
        "paper": paper,
        "raised": raised,
        "word-cold": "#966300" if deep else "#F0B93A",
        "word-warm": "#00795A" if deep else "#2FC79C",
        "word-pre": "#005A8C" if deep else SKY,
        "word-reinit": "#A84A00" if deep else "#FF8A3D",
        "word-refused": "#B03A00" if deep else "#FF7B47",
        "word-warn": "#7A6A00" if deep else YELLOW,
        "scrollbar": line,
        "scrollbar-hover": dim,
        "scrollbar-active": mark,
        "scrollbar-background": paper,
        "scrollbar-background-hover": paper,
        "scrollbar-background-active": paper,
        "scrollbar-corner-color": paper,
    }


DARK: Final = _variables(
    ink="#D7DDE3", dim="#8B97A3", faint="#4A5560", line="#34404B", mark=SKY,
    paper="#12171C", raised="#1F2932", words="light",
)  # fmt: skip
LIGHT: Final = _variables(
    ink="#1F262D", dim="#5C6873", faint="#B3BBC2", line="#C9CFD4", mark="#0072B2",
    paper="#FBFAF7", raised="#E9EEF1", words="deep",
)  # fmt: skip
CONTRAST: Final = _variables(
    ink="#FFFFFF", dim="#DADADA", faint="#9A9A9A", line="#BDBDBD", mark="#FFFFFF",
    paper="#000000", raised="#333333", words="light",
)  # fmt: skip
MONO: Final = BUILTIN_THEMES["ansi-dark"].variables | dict.fromkeys(DARK, "ansi_default")

THEMES: Final = (
    Theme(
        name="okabe-ito", primary=SKY, secondary=BLUE, accent=ORANGE, success=GREEN,
        warning=YELLOW, error=VERMILLION, foreground="#D7DDE3", background="#12171C",
        surface="#171D23", panel="#1F2932", dark=True, variables=DARK,
    ),
    Theme(
        name="okabe-ito-light", primary=BLUE, secondary=SKY, accent=VERMILLION, success=GREEN,
        warning="#7A6A00", error=VERMILLION, foreground="#1F262D", background="#FBFAF7",
        surface="#F3F2EE", panel="#E9EEF1", dark=False, variables=LIGHT,
    ),
    Theme(
        name="high-contrast", primary="#FFFFFF", secondary=YELLOW, accent=YELLOW, success=GREEN,
        warning=YELLOW, error=VERMILLION, foreground="#FFFFFF", background="#000000",
        surface="#000000", panel="#333333", dark=True, variables=CONTRAST,
    ),
    Theme(
        name=NO_COLOUR_THEME, ansi=True, primary="ansi_default", secondary="ansi_default",
        accent="ansi_default", success="ansi_default", warning="ansi_default",
        error="ansi_default", foreground="ansi_default", background="ansi_default",
        surface="ansi_default", panel="ansi_default", boost="ansi_default", dark=True,
        variables=MONO,
    ),
)  # fmt: skip
"""Our themes, the default first."""

CHOICES: Final = (*(theme.name for theme in THEMES), "ansi-dark", "ansi-light")
"""The themes that are offered."""

_ANSI_FILLS: Final = {
    "extension": "ansi_bright_cyan", "runtime": "ansi_blue", "function": "ansi_yellow",
    "handler": "ansi_green", "overhead": "ansi_green", "tail": "ansi_magenta",
    "shutdown": "ansi_bright_yellow", "reset": "ansi_red",
}  # fmt: skip


def defaults(*, ansi: bool) -> dict[str, str]:
    """Return our variables for themes that are not ours."""
    if not ansi:
        return DARK
    variables = dict(MONO)
    for name, colour in _ANSI_FILLS.items():
        variables |= {f"lane-{name}": colour, f"lane-{name}-ink": "ansi_black"}
        variables[f"lane-{name}-grain"] = colour if name == "handler" else "ansi_black"
    words = {"cold": "yellow", "warm": "green", "pre": "cyan", "reinit": "magenta",
             "refused": "red", "warn": "yellow"}  # fmt: skip
    variables |= {f"word-{name}": f"ansi_{colour}" for name, colour in words.items()}
    return variables | {"mark": "ansi_cyan", "ink-faint": "ansi_bright_black"}


def choose(environment: Mapping[str, str]) -> str:
    """Return the theme to start with: TEXTUAL_THEME, else no colour where NO_COLOR asks for it."""
    named = environment.get("TEXTUAL_THEME", "")
    if named in CHOICES:
        return named
    return NO_COLOUR_THEME if environment.get("NO_COLOR") else DEFAULT_THEME
