"""A film as an asciicast (version 2): what a terminal would be sent, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lifecycle_tui.export.pictures.frame import Film, Frame, Ink, Row


def cast(film: Film) -> str:
    """Return a film as lines of JSON; each frame sends the rows that changed."""
    first = film.frames[0]
    header = {
        "version": 2,
        "width": first.width,
        "height": first.height,
        "title": film.title,
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(header, ensure_ascii=False)]
    before: Frame | None = None
    for start_ms, frame in zip(film.starts_ms, film.frames, strict=True):
        sent = "".join(_changes(before, frame))
        if before is None:
            sent = f"\x1b[?25l\x1b[2J{sent}"
        if sent:
            lines.append(_event(start_ms, sent))
        before = frame
    lines.append(_event(film.length_ms, f"\x1b[0m\x1b[{first.height};1H\x1b[?25h"))
    return "\n".join(lines) + "\n"


def _event(at_ms: int, sent: str) -> str:
    return json.dumps([at_ms / 1000, "o", sent], ensure_ascii=False)


def _changes(before: Frame | None, frame: Frame) -> Iterator[str]:
    for y, row in enumerate(frame.rows):
        if before is None or before.rows[y] != row:
            yield f"\x1b[{y + 1};1H{_sent(row)}\x1b[0m"


def _sent(row: Row) -> str:
    parts: list[str] = []
    ink: Ink | None = None
    for span in row:
        if span.ink != ink:
            ink = span.ink
            parts.append(_colours(ink))
        parts.append(span.text)
    return "".join(parts)


def _colours(ink: Ink) -> str:
    codes = ["0"]
    if ink.bold:
        codes.append("1")
    if ink.underline:
        codes.append("4")
    for code, colour in (("38", ink.colour), ("48", ink.paper)):
        red, green, blue = bytes.fromhex(colour[1:])
        codes.append(f"{code};2;{red};{green};{blue}")
    return f"\x1b[{';'.join(codes)}m"
