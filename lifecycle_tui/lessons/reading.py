"""What all files of a course share: their size, their top level, and readers of their values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeVar

from lifecycle_tui import __version__
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.scenario.build import refuse_devices
from lifecycle_tui.scenario.fields import Fields, Reader, UnfitError
from lifecycle_tui.scenario.nodes import Mapping, Node, Scalar, Sequence, describe, parse_bytes
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError, did_you_mean
from lifecycle_tui.units.text import clean, quote

LARGEST: Final = 256_000
"""Bytes that a file of a course may have."""
MOST_ITEMS: Final = 200
"""Entries that a list may have."""
SENTENCE: Final = 320
"""Characters of one sentence or two."""

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MISCONCEPTION_ID: Final = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")

T = TypeVar("T")


def read_bytes(path: Path) -> bytes:
    """Return what a file of a course holds.

    Raises:
        ScenarioError: it is larger than it may be.
        OSError: it cannot be read, or it is no file.
    """
    refuse_devices(path)
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        place = Place(clean(str(path)), 1, 1)
        raise ScenarioError([Problem(place, "the file is larger than 256 kB, the most it may be")])
    return data


def read_document(path: Path, problems: Problems, keys: Iterable[str]) -> Fields:
    """Return the top level of a YAML file of a course, its ``format`` checked.

    Raises:
        ScenarioError: it is no YAML, or no mapping.
        OSError: it cannot be read.
    """
    node = parse_bytes(read_bytes(path), clean(str(path)))
    if not isinstance(node, Mapping):
        names = ", ".join(keys)
        raise ScenarioError(
            [Problem(node.place, f"found {describe(node)}; the file has the keys {names}")]
        )
    top = Fields(node, problems, "", keys)
    top.require("format", format_1, 1)
    return top


def format_1(node: Node) -> int:
    """Read the format's number, which is 1."""
    if isinstance(node, Scalar) and node.value == 1 and not isinstance(node.value, bool):
        return 1
    raise UnfitError(f"found {describe(node)}; this version ({__version__}) reads format 1")


def sentence(limit: int = SENTENCE) -> Reader[str]:
    """Return a reader of text that is there and not longer than ``limit`` characters."""

    def read(node: Node) -> str:
        if not isinstance(node, Scalar) or node.value is None or not node.text.strip():
            raise UnfitError(f"found {describe(node)}; expected text")
        text = node.text.strip()
        if len(text) > limit:
            raise UnfitError(f"{len(text)} characters; at most {limit} are read at a glance")
        return clean(text, limit)

    return read


def identifier(node: Node) -> str:
    """Read an id such as ``doom-loop``."""
    return _matching(node, ID, "small letters, digits and hyphens, such as doom-loop")


def misconception_id(node: Node) -> str:
    """Read an id such as ``COLD-ONCE``."""
    return _matching(
        node, MISCONCEPTION_ID, "capital letters, digits and hyphens, such as COLD-ONCE"
    )


def _matching(node: Node, pattern: re.Pattern[str], expected: str) -> str:
    text = node.text if isinstance(node, Scalar) else ""
    if len(text) > 48 or pattern.fullmatch(text) is None:
        raise UnfitError(f"found {describe(node)}; expected an id of {expected}")
    return text


def rule_id(node: Node) -> str:
    """Read the id of a rule of the catalogue."""
    return known(RULES, "rule")(node)


def known(names: Iterable[str], what: str) -> Reader[str]:
    """Return a reader of one of some names; ``what`` they are is said where it is none of them."""
    allowed = list(names)

    def read(node: Node) -> str:
        text = node.text if isinstance(node, Scalar) else ""
        if text not in allowed:
            hint = did_you_mean(text, allowed) if len(allowed) < 40 or text else ""
            raise UnfitError(f"found {describe(node)}, which is no {what}{hint}")
        return text

    return read


def each(fields: Fields, key: str, reader: Reader[T], *, most: int = MOST_ITEMS) -> list[T]:
    """Return what a reader makes of every item of a list; an item that is unfit is noted."""
    nodes = fields.items(key)
    if len(nodes) > most:
        fields.refuse(key, f"{len(nodes)} entries; at most {most}")
        return []
    found = []
    for number, node in enumerate(nodes):
        try:
            found.append(reader(node))
        except UnfitError as misfit:
            path = f"{fields.path}.{key}" if fields.path else key
            fields.problems.add(misfit.place or node.place, f"{path}[{number}]: {misfit}")
    return found


def without_repeats(fields: Fields, key: str, found: list[str]) -> tuple[str, ...]:
    """Return the items of a list, having noted those that stand there twice."""
    for name in dict.fromkeys(name for name in found if found.count(name) > 1):
        fields.refuse(key, f"{quote(name)} stands there more than once")
    return tuple(found)


def mappings(fields: Fields, key: str, allowed: Iterable[str]) -> list[Fields]:
    """Return the mappings of a list, each with the keys it may have."""
    names = list(allowed)
    nodes = fields.items(key)
    if len(nodes) > MOST_ITEMS:
        fields.refuse(key, f"{len(nodes)} entries; at most {MOST_ITEMS}")
        return []
    path = f"{fields.path}.{key}" if fields.path else key
    return [
        Fields(node, fields.problems, f"{path}[{number}]", names)
        for number, node in enumerate(nodes)
    ]


def begins(lines: list[str], node: Node) -> Place:
    """Return where the text of a scalar begins, after the quote if it has one.

    Args:
        lines: of the whole file.
        node: the scalar.
    """
    place = node.place
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    quoted = line[place.column - 1 : place.column] in ('"', "'")
    return place._replace(column=place.column + quoted)


def moved(place: Place, column: int) -> Place:
    """Return where a column of a text stands, counted from 1, that begins at a place."""
    return place._replace(column=place.column + column - 1)


def is_list(node: Node) -> bool:
    """Whether a node is a list."""
    return isinstance(node, Sequence)
