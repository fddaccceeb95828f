"""Snapshots that are kept beside a walkthrough: where, and how they differ from what is shown."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from lifecycle_tui.export.pictures.frame import Frame, text_of
from lifecycle_tui.export.pictures.svg import CELL, LINE, MARGIN, svg
from lifecycle_tui.walkthroughs.catalogue import name_of
from lifecycle_tui.walkthroughs.model import Size, Walkthrough

FOLDER: Final = "__walk__"
_MOST_CELLS: Final = 20
"""So many places of a picture that differ are told."""
_LARGEST: Final = 4_000_000
"""Bytes of a snapshot that are read, at most."""

_ROW: Final = re.compile(rf'<g transform="translate\({MARGIN} (\d+)\)">(.*)</g>')
_TEXT: Final = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_SHAPE: Final = re.compile(r"<path [^>]*/>")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')


class Golden(NamedTuple):
    """A snapshot: its file, and what it should hold."""

    name: str
    path: Path
    content: str


def goldens_of(
    walkthrough: Walkthrough, path: Path, size: Size, frames: Mapping[str, Frame]
) -> list[Golden]:
    """Return the snapshots of a walkthrough at a size, as it is shown now.

    Args:
        walkthrough: what was played.
        path: its file.
        size: the size.
        frames: what was shown, by the name of the snapshot.
    """
    folder, found = folder_of(path), []
    for mark in walkthrough.marks:
        stem = f"{mark.name}-{size}"
        if size in mark.text:
            rows = "".join(f"{text_of(row)}\n" for row in frames[mark.name].rows)
            found.append(Golden(mark.name, folder / f"{stem}.txt", rows))
        if size in mark.svg:
            found.append(Golden(mark.name, folder / f"{stem}.svg", svg(frames[mark.name])))
    return found


def folder_of(path: Path) -> Path:
    """Return the folder of a walkthrough's snapshots."""
    return path.parent / FOLDER / name_of(path)


def expected_files(walkthrough: Walkthrough, path: Path) -> set[Path]:
    """Return all files that a walkthrough's snapshots have."""
    folder = folder_of(path)
    return {
        folder / f"{mark.name}-{size}.{ending}"
        for mark in walkthrough.marks
        for ending, sizes in (("txt", mark.text), ("svg", mark.svg))
        for size in sizes
    }


def strangers(walkthrough: Walkthrough, path: Path) -> list[Path]:
    """Return snapshots in a walkthrough's folder that are none of it any more."""
    there = folder_of(path).glob("*.*")
    kept = (file for file in there if file.suffix in (".txt", ".svg"))
    return sorted(set(kept) - expected_files(walkthrough, path))


def write(golden: Golden) -> bool:
    """Keep a snapshot; return whether its file changed."""
    if _read(golden.path) == golden.content:
        return False
    golden.path.parent.mkdir(parents=True, exist_ok=True)
    golden.path.write_text(golden.content, encoding="utf-8", newline="\n")
    return True


def difference(golden: Golden) -> str:
    """Return how a snapshot differs from what is kept, for a person; empty if it does not."""
    kept = _read(golden.path)
    if kept is None:
        return f"{golden.path}: there is no such snapshot yet"
    if kept == golden.content:
        return ""
    if golden.path.suffix == ".svg":
        return "\n".join([f"{golden.path} differs:", *_picture(kept, golden.content)])
    return "\n".join(_diff(kept, golden.content, golden.path.name))


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode("utf-8", "replace").replace("\r\n", "\n")
    except FileNotFoundError:
        return None


def _diff(kept: str, shown: str, name: str) -> Iterator[str]:
    lines = kept.splitlines(), shown.splitlines()
    yield from difflib.unified_diff(*lines, f"kept/{name}", f"shown/{name}", lineterm="", n=1)


# Pictures.


class _Cells(NamedTuple):
    """Text at a place of a picture, and how it looks."""

    text: str
    look: tuple[tuple[str, str], ...]


def _picture(kept: str, shown: str) -> Iterator[str]:
    """Yield how two pictures differ: in their text as lines, else cell by cell in their looks."""
    texts = _as_text(kept), _as_text(shown)
    if texts[0] != texts[1]:
        yield from _diff(*texts, "text of the picture")
        return
    told = 0
    before, after = _rows(kept), _rows(shown)
    for row in sorted(before.keys() | after.keys()):
        old, new = before.get(row, ""), after.get(row, "")
        if old == new:
            continue
        for line in _row_differences(row, old, new):
            told += 1
            if told > _MOST_CELLS:
                yield "… and more"
                return
            yield line
    if not told:
        yield "the same cells; its size, title or fonts are others"


def _row_differences(row: int, old: str, new: str) -> Iterator[str]:
    was, now = _cells(old), _cells(new)
    found = False
    for column in sorted(was.keys() | now.keys()):
        one, other = was.get(column), now.get(column)
        if one == other:
            continue
        found = True
        words = (other or one or _Cells("", ())).text
        yield f"line {row}, column {column + 1}: '{words}' {_look(one)} -> {_look(other)}"
    if not found and _SHAPE.findall(old) != _SHAPE.findall(new):
        yield f"line {row}: other bars or backgrounds"


def _look(cells: _Cells | None) -> str:
    if cells is None:
        return "(other cells)"
    return " ".join(value for _, value in cells.look) or "plain"


def _rows(picture: str) -> dict[int, str]:
    """Return what each line of a picture draws, by its number from 1."""
    found = _ROW.finditer(picture)
    return {(int(match[1]) - MARGIN) // LINE + 1: match[2] for match in found}


def _cells(row: str) -> dict[int, _Cells]:
    found = {}
    for match in _TEXT.finditer(row):
        given = dict(_ATTRIBUTE.findall(match[1]))
        column = int(float(given.get("x", "0"))) // CELL
        look = tuple((k, v) for k, v in given.items() if k in ("fill", "font-weight"))
        found[column] = _Cells(html.unescape(match[2]), look)
    return found


def _as_text(picture: str) -> str:
    """Return the letters of a picture in their places."""
    lines: list[str] = []
    for row, drawn in sorted(_rows(picture).items()):
        line = ""
        for column, cells in sorted(_cells(drawn).items()):
            line = line.ljust(column) + cells.text
        lines += [""] * (row - len(lines) - 1) + [line]
    return "\n".join(lines)
