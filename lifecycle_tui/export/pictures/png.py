"""A frame as PNG, drawn here: the same letters on every machine, and nothing to install."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from lifecycle_tui.export.pictures.frame import Frame, Ink, Row, Span
from lifecycle_tui.export.pictures.shapes import Box, shape

_FILE: Final = Path(__file__).with_name("glyphs.bin")
_MARGIN: Final = 16
"""Paper around the cells, in pixels."""
_LEVELS: Final = 15
"""How dense a pixel is at most."""
_HOLLOW: Final = Box(0.15, 0.2, 0.85, 0.85)
_UNDERLINE: Final = Box(0, 0.9, 1, 0.97)

Mask = tuple[bytes, ...]
"""How dense each pixel of a letter is, row by row."""


class Glyphs(NamedTuple):
    """The letters that can be drawn.

    Attributes:
        width: pixels of a cell.
        height: pixels of a cell.
        regular: by letter, its mask.
        bold: the same, heavier.
    """

    width: int
    height: int
    regular: dict[str, Mask]
    bold: dict[str, Mask]


@cache
def glyphs() -> Glyphs:
    """Return the letters; ``tools/glyphs.py`` has drawn them."""
    head, _, packed = zlib.decompress(_FILE.read_bytes()).partition(b"\n")
    told = json.loads(head)
    width, height = told["width"], told["height"]
    levels = bytes(half for pair in packed for half in (pair >> 4, pair & 15))
    rows = [levels[at : at + width] for at in range(0, len(levels), width)]
    masks = [tuple(rows[at : at + height]) for at in range(0, len(rows), height)]
    letters = told["regular"]
    rest = len(letters)
    return Glyphs(
        width,
        height,
        dict(zip(letters, masks[:rest], strict=True)),
        dict(zip(told["bold"], masks[rest:], strict=True)),
    )


def png(frame: Frame) -> bytes:
    """Return a frame as a PNG file."""
    font = glyphs()
    width = frame.width * font.width + 2 * _MARGIN
    paper = bytes.fromhex(frame.base.paper[1:])
    blank = b"\0" + paper * width
    side = paper * _MARGIN
    lines: list[bytes] = [blank] * _MARGIN
    for row in frame.rows:
        lines += (b"\0" + side + line + side for line in _pixels(row))
    lines += [blank] * _MARGIN
    head = struct.pack(">IIBBBBB", width, len(lines), 8, 2, 0, 0, 0)
    title = b"Title\0\0\0\0\0" + frame.title.encode()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", head),
            (b"iTXt", title),
            (b"IDAT", zlib.compress(b"".join(lines), 9)),
            (b"IEND", b""),
        )
    )


def strangers(frame: Frame) -> str:
    """Return the letters of a frame that cannot be drawn and become hollow boxes."""
    found: dict[str, None] = {}
    for row in frame.rows:
        for span in row:
            for letter in _letters(span):
                if letter != " " and shape(letter) is None and letter not in glyphs().regular:
                    found[letter] = None
    return "".join(found)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _pixels(row: Row) -> Iterator[bytes]:
    """Yield the lines of pixels of a row of cells."""
    drawn = [_drawn(letter, span.ink, _width(span)) for span in row for letter in _letters(span)]
    for parts in zip(*drawn, strict=True):
        yield b"".join(parts)


def _letters(span: Span) -> Iterable[str]:
    """Return what stands in each cell; what takes several, or none, is one."""
    return span.text if len(span.text) == span.cells else (span.text,)


def _width(span: Span) -> int:
    return 1 if len(span.text) == span.cells else span.cells


@cache
def _drawn(letter: str, ink: Ink, cells: int) -> tuple[bytes, ...]:
    """Return the pixels of a letter, line by line."""
    shades = _shades(ink.colour, ink.paper)
    mask = _mask(letter, cells, bold=ink.bold)
    if ink.underline:
        mask = _over(mask, _box(_UNDERLINE, cells, _LEVELS))
    return tuple(b"".join([shades[level] for level in line]) for line in mask)


@cache
def _shades(colour: str, paper: str) -> tuple[bytes, ...]:
    """Return the colours from the paper's to the ink's."""
    ink, back = bytes.fromhex(colour[1:]), bytes.fromhex(paper[1:])
    return tuple(
        bytes(
            (over * level + under * (_LEVELS - level) + _LEVELS // 2) // _LEVELS
            for over, under in zip(ink, back, strict=True)
        )
        for level in range(_LEVELS + 1)
    )


def _mask(letter: str, cells: int, *, bold: bool) -> Mask:
    font = glyphs()
    if letter == " ":
        return _empty(cells)
    drawn = shape(letter)
    if drawn is not None:
        mask = _empty(cells)
        for box in drawn.boxes:
            mask = _over(mask, _box(box, cells, round(_LEVELS * drawn.density)))
        return mask
    known = (font.bold if bold else font.regular).get(letter) or font.regular.get(letter)
    if known is not None and cells == 1:
        return known
    return _box(_HOLLOW, cells, _LEVELS // 2)


def _empty(cells: int) -> Mask:
    font = glyphs()
    return (bytes(font.width * cells),) * font.height


def _box(box: Box, cells: int, level: int) -> Mask:
    """Return a mask with a box filled; what is thinner than a pixel is one pixel."""
    font = glyphs()
    width = font.width * cells
    left, right = _edges(box.left, box.right, width)
    top, bottom = _edges(box.top, box.bottom, font.height)
    empty = bytes(width)
    filled = bytes(left) + bytes([level]) * (right - left) + bytes(width - right)
    return tuple(filled if top <= y < bottom else empty for y in range(font.height))


def _edges(low: float, high: float, pixels: int) -> tuple[int, int]:
    first = int(low * pixels + 0.5)
    return first, max(int(high * pixels + 0.5), first + 1)


def _over(under: Mask, over: Mask) -> Mask:
    """Return two masks as one: the denser of each pixel."""
    return tuple(bytes(map(max, below, above)) for below, above in zip(under, over, strict=True))
