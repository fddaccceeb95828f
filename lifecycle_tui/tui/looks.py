"""Looks by name: which variables of the theme colour a piece of text, and how it is set.

One table instead of component classes: every widget draws with every look, and some fifty
component classes on each of two dozen widgets would make the program start eight times slower.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from rich.style import Style
from textual.color import Color


class LookStyle(NamedTuple):
    """A look: the theme's variables for the letters and what is behind them, and the setting."""

    ink: str
    fill: str = ""
    setting: str = ""


_FILLED: Final = (
    "extension", "runtime", "function", "handler", "overhead", "tail", "shutdown", "reset",
)  # fmt: skip
_AGAIN: Final = ("extension", "runtime", "function")


def _lanes() -> dict[str, LookStyle]:
    """Return the looks of phases: their letter, their fill, and their colour as ink."""
    looks: dict[str, LookStyle] = {}
    for prefix, names, line in (("", _FILLED, ""), ("re-", _AGAIN, " underline")):
        for name in names:
            fill = f"lane-{name}"
            looks[f"{prefix}{name}"] = LookStyle(f"{fill}-ink", fill, f"bold{line}")
            looks[f"{prefix}{name}-fill"] = LookStyle(f"{fill}-grain", fill, line.strip())
            looks[f"{prefix}{name}-ink"] = LookStyle(fill, "", f"bold{line}")
    for name, ink, setting in (
        ("placement", "ink-dim", ""),
        ("ready", "ink", "bold"),
        ("frozen", "ink-dim", ""),
        ("fold", "ink-faint", ""),
    ):
        looks[name] = looks[f"{name}-fill"] = looks[f"{name}-ink"] = LookStyle(ink, "", setting)
    return looks


LOOK_STYLES: Final[dict[str, LookStyle]] = {
    **_lanes(),
    "plain": LookStyle("ink"),
    "strong": LookStyle("ink", "", "bold"),
    "dim": LookStyle("ink-dim"),
    "faint": LookStyle("ink-faint"),
    "title": LookStyle("mark", "", "bold"),
    "accent": LookStyle("mark"),
    "key": LookStyle("mark", "", "bold"),
    "key-dim": LookStyle("mark"),
    "term": LookStyle("ink", "", "underline"),
    "bad": LookStyle("word-refused", "", "bold"),
    "assumed": LookStyle("word-warn"),
    "rule": LookStyle("line"),
    "rule-focus": LookStyle("mark"),
    "selected": LookStyle("ink", "raised", "bold"),
    "field": LookStyle("ink", "", "bold"),
    "field-focus": LookStyle("mark", "raised", "bold reverse"),
    "edited": LookStyle("word-cold", "", "bold"),
    "playing": LookStyle("word-warm", "", "bold"),
    "paused": LookStyle("word-cold", "", "bold"),
    "warp": LookStyle("word-pre", "", "bold reverse"),
    "ruler": LookStyle("ink-dim"),
    "ahead": LookStyle("ink-faint"),
    "here": LookStyle("ink", "", "bold"),
    "here-mark": LookStyle("ink-faint"),
    "gone": LookStyle("ink-faint"),
    "start-cold": LookStyle("word-cold", "", "bold"),
    "start-warm": LookStyle("word-warm", "", "bold"),
    "start-pre": LookStyle("word-pre", "", "bold"),
    "start-reinit": LookStyle("word-reinit", "", "bold"),
    "in-window": LookStyle("ink", "raised"),
    "bookmark": LookStyle("mark", "", "bold"),
    "refused": LookStyle("word-refused", "", "bold"),
}
"""Every look."""


def rich_style(name: str, variables: Mapping[str, str]) -> Style:
    """Return a look in a theme.

    Args:
        name: a key of the table.
        variables: the theme's variables.

    Raises:
        KeyError: there is no such look.
    """
    ink, fill, setting = LOOK_STYLES[name]
    words = setting.split()
    return Style(
        color=Color.parse(variables[ink]).rich_color,
        bgcolor=Color.parse(variables[fill]).rich_color if fill else None,
        bold="bold" in words or None,
        underline="underline" in words or None,
        reverse="reverse" in words or None,
    )
