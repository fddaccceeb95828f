"""Lines and blocks as shapes, so that they meet at the edges of cells whatever the font."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple


class Box(NamedTuple):
    """A filled rectangle in a cell; the cell is 1 wide and 1 high."""

    left: float
    top: float
    right: float
    bottom: float


class Shape(NamedTuple):
    """What a character looks like: boxes, and how dense their colour is."""

    boxes: tuple[Box, ...]
    density: float = 1.0


_LIGHT: Final = 1 / 14
_HEAVY: Final = 3 / 14
_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_ARMS: Final = {
    "─": _LEFT | _RIGHT, "│": _UP | _DOWN, "┌": _RIGHT | _DOWN, "┐": _LEFT | _DOWN,
    "└": _UP | _RIGHT, "┘": _UP | _LEFT, "├": _UP | _DOWN | _RIGHT, "┤": _UP | _DOWN | _LEFT,
    "┬": _LEFT | _RIGHT | _DOWN, "┴": _LEFT | _RIGHT | _UP, "┼": 15, "╴": _LEFT, "╵": _UP,
    "╶": _RIGHT, "╷": _DOWN, "╭": _RIGHT | _DOWN, "╮": _LEFT | _DOWN, "╰": _UP | _RIGHT,
    "╯": _UP | _LEFT,
}  # fmt: skip
_HEAVY_ARMS: Final = {"━": _LEFT | _RIGHT, "┃": _UP | _DOWN}
_DENSITY: Final = {"░": 0.28, "▒": 0.5, "▓": 0.72}
_QUADRANTS: Final = {
    "▖": 4, "▗": 8, "▘": 1, "▙": 13, "▚": 9, "▛": 7, "▜": 11, "▝": 2, "▞": 6, "▟": 14, "▌": 5,
    "▐": 10, "▀": 3,
}  # fmt: skip
"""The quarters that are filled: 1 and 2 above, 4 and 8 below."""
_FULL: Final = Box(0, 0, 1, 1)


@cache
def shape(letter: str) -> Shape | None:
    """Return the shape of a character; None if it is a letter, to be set in a font."""
    if letter in _ARMS:
        return Shape(_lines(_ARMS[letter], _LIGHT))
    if letter in _HEAVY_ARMS:
        return Shape(_lines(_HEAVY_ARMS[letter], _HEAVY))
    if letter in _QUADRANTS:
        filled = _QUADRANTS[letter]
        return Shape(tuple(_quarter(bit) for bit in range(4) if filled >> bit & 1))
    if letter in _DENSITY:
        return Shape((_FULL,), _DENSITY[letter])
    if "▁" <= letter <= "█":
        return Shape((Box(0, 1 - (ord(letter) - 0x2580) / 8, 1, 1),))
    if "▉" <= letter <= "▏":
        return Shape((Box(0, 0, 1 - (ord(letter) - 0x2588) / 8, 1),))
    match letter:
        case "═":
            return Shape((_rule(0.43, _LIGHT), _rule(0.57, _LIGHT)))
        case "╌":
            top, bottom = _across(_LIGHT / 2)
            return Shape((Box(0.1, top, 0.4, bottom), Box(0.6, top, 0.9, bottom)))
        case "▔":
            return Shape((Box(0, 0, 1, 1 / 8),))
    return None


def _across(weight: float, middle: float = 0.5) -> tuple[float, float]:
    """Return the upper and lower edge of a line; a cell is twice as high as it is wide."""
    return middle - weight / 2, middle + weight / 2


def _rule(middle: float, weight: float) -> Box:
    top, bottom = _across(weight / 2, middle)
    return Box(0, top, 1, bottom)


def _lines(arms: int, weight: float) -> tuple[Box, ...]:
    """Return lines from the middle of a cell to some of its edges."""
    left, right = _across(weight)
    top, bottom = _across(weight / 2)
    boxes: list[Box] = []
    if arms & (_LEFT | _RIGHT):
        boxes.append(Box(0 if arms & _LEFT else left, top, 1 if arms & _RIGHT else right, bottom))
    if arms & (_UP | _DOWN):
        boxes.append(Box(left, 0 if arms & _UP else top, right, 1 if arms & _DOWN else bottom))
    return tuple(boxes)


def _quarter(bit: int) -> Box:
    across, down = bit % 2, bit // 2
    return Box(across / 2, down / 2, (across + 1) / 2, (down + 1) / 2)
