"""YAML text to checked nodes, each with its place.

Only what a scenario needs of YAML is let in: one document, plain mappings, lists and scalars.
Anchors, aliases, tags, duplicate keys and deep nesting are refused at their place. Plain scalars
follow the core schema of YAML 1.2, so ``on``, ``yes`` and ``1:30`` stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, NoReturn

import yaml

from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError
from lifecycle_tui.units.text import clean, quote

LARGEST: Final = 1_000_000
"""Bytes a file may have."""
DEEPEST: Final = 32
"""Lists and mappings that may stand within one another."""

_TOO_DEEP: Final = "maximum nesting depth"
"""How the YAML library says that it will not look any deeper, which it does before it is read."""

_NULL: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_NUMBER_BEGINS: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_OTHER_NUMBER: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_UNPRINTABLE: Final = yaml.reader.Reader.NON_PRINTABLE


class Scalar(NamedTuple):
    """A single value. ``value`` is what YAML 1.2 makes of it, ``text`` what was written."""

    place: Place
    text: str
    value: str | int | float | bool | None


class Sequence(NamedTuple):
    """A list."""

    place: Place
    items: list[Node]


class Mapping(NamedTuple):
    """Keys, as text, with their values and places."""

    place: Place
    entries: dict[str, Node]
    keys: dict[str, Place]


Node = Scalar | Sequence | Mapping


def describe(node: Node) -> str:
    """Return what a node is, for the words of an error."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return node.text
    if isinstance(node.value, int | float):
        return f"the bare number {clean(node.text, 40)}"
    return quote(node.text)


def parse_bytes(data: bytes, file: str) -> Node:
    """Read the bytes of a file.

    Args:
        data: the bytes; not more than ``LARGEST + 1`` of them need to be there.
        file: the name for the places of errors.

    Raises:
        ScenarioError: too large, no UTF-8, or not the YAML described above.
    """
    start = Place(file, 1, 1)
    if len(data) > LARGEST:
        raise ScenarioError([Problem(start, "the file is larger than 1 MB, the most it may be")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise ScenarioError(
            [Problem(Place(file, line, column), "the file is not UTF-8 text")]
        ) from None
    return parse_nodes(text, file)


def parse_nodes(text: str, file: str) -> Node:
    """Read YAML text into nodes.

    Raises:
        ScenarioError: it is not the YAML described above; the first problem only, since what
            follows a broken place cannot be trusted.
    """
    _check_printable(text, file)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return _Reader(file, iter(loader.get_event, None)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        words = " ".join(part for part in (error.problem, error.context) if part)
        if _TOO_DEEP in words:
            raise ScenarioError([Problem(place, f"nested more than {DEEPEST} deep")]) from None
        raise ScenarioError([Problem(place, f"not YAML: {clean(words)}")]) from None
    finally:
        loader.dispose()


class _Reader:
    """Turns the parser's events into nodes, and refuses what has no place in a scenario."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self._file = file
        self._events = events

    def document(self) -> Node:
        next(self._events)  # the stream's start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return Scalar(self._place(event), "", None)
        node = self._node(next(self._events), 1)
        next(self._events)  # the document's end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._refuse(event, "a second document; a file holds one scenario")
        return node

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is yaml.AliasEvent:
            self._refuse(event, "a YAML alias (*); write the value out")
        if event.anchor is not None:
            self._refuse(event, "a YAML anchor (&); write the value out where it is needed")
        if event.tag is not None:
            self._refuse(event, "a YAML tag (!); write the plain value")
        place = self._place(event)
        if kind is yaml.ScalarEvent:
            text = event.value
            return plain(text, place) if event.implicit[0] else Scalar(place, text, text)
        if depth > DEEPEST:
            self._refuse(event, f"nested more than {DEEPEST} deep")
        if kind is yaml.SequenceStartEvent:
            return Sequence(place, self._items(depth + 1))
        return self._mapping(Mapping(place, {}, {}), depth + 1)

    def _items(self, depth: int) -> list[Node]:
        items = []
        while type(event := next(self._events)) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth))
        return items

    def _mapping(self, mapping: Mapping, depth: int) -> Mapping:
        while type(event := next(self._events)) is not yaml.MappingEndEvent:
            key = self._node(event, depth)
            if not isinstance(key, Scalar):
                self._refuse(event, f"{describe(key)} as a key; a key is a word")
            text = key.text
            if text in mapping.keys:
                first = mapping.keys[text]
                self._refuse(
                    event, f"duplicate key {quote(text)}; it stands on line {first.line} too"
                )
            mapping.keys[text] = key.place
            mapping.entries[text] = self._node(next(self._events), depth)
        return mapping

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1)

    def _refuse(self, event: Any, message: str) -> NoReturn:
        raise ScenarioError([Problem(self._place(event), message)])


def plain(text: str, place: Place) -> Scalar:
    """Return the node of a plain scalar: a value that stands there without quotes."""
    return Scalar(place, text, _core(text))


def _core(text: str) -> str | int | float | bool | None:
    """Return what YAML 1.2's core schema makes of a plain scalar."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in _NUMBER_BEGINS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= 30 else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_NUMBER.fullmatch(text):
        return int(text, 0) if text[0] == "0" and len(text) <= 30 else float("inf")
    return text


def _check_printable(text: str, file: str) -> None:
    """Refuse characters that YAML does not allow, wherever they stand."""
    match = _UNPRINTABLE.search(text)
    if match:
        position = match.start()
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        found = f"the control character U+{ord(text[position]):04X}, which YAML does not allow"
        raise ScenarioError([Problem(Place(file, line, column), found)])
