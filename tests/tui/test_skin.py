"""Letters before colours: every state and mark is told apart without any colour."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from lifecycle_tui.play.rows import BLANK, HERE
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.terminal import wants_ascii
from lifecycle_tui.tui import theme
from lifecycle_tui.tui.looks import LOOK_STYLES
from lifecycle_tui.tui.skin import HEADS, LOOKS, Skin


def test_every_phase_has_a_look() -> None:
    assert set(Phase) <= set(LOOKS)
    for mark, look in LOOKS.items():
        for suffix in ("",) if mark in (BLANK, HERE) else ("", "-fill"):
            assert look.style + suffix in LOOK_STYLES
    assert {style for style, _ in HEADS.values()} <= set(LOOK_STYLES)


@pytest.mark.parametrize("length", [1, 2, 5])
def test_every_mark_is_distinct_in_ascii(length: int) -> None:
    skin = Skin(ascii_only=True)
    drawn = [skin.cells(mark, length) for mark in LOOKS]
    assert len(set(drawn)) == len(LOOKS)
    assert all(text.isascii() and len(text) == length for text in drawn)


@pytest.mark.parametrize("length", [1, 5])
def test_every_mark_is_distinct_in_unicode(length: int) -> None:
    drawn = {Skin().cells(mark, length) for mark in LOOKS}
    assert len(drawn) == len(LOOKS)


def test_ascii_is_ascii_everywhere() -> None:
    skin = Skin(ascii_only=True)
    assert skin.text("e1 · 5 † “x” ‹1› ▲ ≈").isascii()
    assert "".join((*skin.bar(3, 8), skin.rule, skin.playhead, skin.pointer, skin.foot)).isascii()
    assert skin.cells(BLANK, 3) == "   "


@pytest.mark.parametrize(
    ("environment", "encoding", "expected"),
    [
        ({"LANG": "en_US.UTF-8"}, "utf-8", False),
        ({"LANG": "de_DE.ISO-8859-1"}, "iso-8859-1", True),
        ({"LC_ALL": "C"}, "ascii", True),
        ({}, "utf-8", False),
        ({"TERM": "linux", "LANG": "en_US.UTF-8"}, "utf-8", True),
    ],
)
def test_ascii_is_chosen_where_nothing_else_can_be_shown(
    environment: dict[str, str], encoding: str, expected: bool
) -> None:
    assert wants_ascii(environment, encoding) is expected


def test_no_colour_is_honoured_unless_a_theme_is_named() -> None:
    assert theme.choose({}) == "okabe-ito"
    assert theme.choose({"NO_COLOR": "1"}) == "monochrome"
    assert theme.choose({"NO_COLOR": "1", "TEXTUAL_THEME": "okabe-ito-light"}) == "okabe-ito-light"
    assert theme.choose({"TEXTUAL_THEME": "unknown"}) == "okabe-ito"


@pytest.mark.parametrize("ours", theme.THEMES, ids=lambda one: one.name)
def test_every_look_has_its_colours_in_every_theme(ours: Theme) -> None:
    for look in LOOK_STYLES.values():
        for name in (look.ink, look.fill):
            if name:
                Color.parse(ours.variables[name])


@pytest.mark.parametrize("ours", theme.THEMES[:3], ids=lambda one: one.name)
def test_text_can_be_read_on_its_background(ours: Theme) -> None:
    paper = Color.parse(ours.variables["paper"])
    for name, look in LOOK_STYLES.items():
        if "faint" in look.ink or look.ink == "line" or name.endswith("-ink") or look.fill:
            continue
        ink = Color.parse(ours.variables[look.ink])
        assert _contrast(ink, paper) >= 4.5, name


@pytest.mark.parametrize("ours", theme.THEMES[:3], ids=lambda one: one.name)
def test_letters_can_be_read_on_their_fill(ours: Theme) -> None:
    for name, (fill, ink) in theme.FILLS.items():
        assert _contrast(Color.parse(fill), Color.parse(ink)) >= 4.4, name


def _contrast(one: Color, other: Color) -> float:
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
