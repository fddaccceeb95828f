"""A line to words: each with its column, brackets and quotes kept together."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lifecycle_tui.scenario.nodes import Mapping, Node, Sequence, parse_nodes, plain
from lifecycle_tui.scenario.problems import Place, Problem, ScenarioError

_KEY: Final = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)=")
_CLOSING: Final = {"[": "]", "{": "}"}
_QUOTES: Final = frozenset("\"'")
_FLOW: Final = frozenset("[{\"'")
"""How a value begins that is more than a plain word."""


class Word(NamedTuple):
    """One word of a line: ``count=10``, or a value without its key.

    Attributes:
        text: the whole word.
        column: where it begins, from 0.
        key: what stands before the equals sign; empty for none.
        value: what stands behind it, or the whole word.
    """

    text: str
    column: int
    key: str
    value: str

    @property
    def value_column(self) -> int:
        """Where the value begins, from 0."""
        return self.column + len(self.text) - len(self.value)


def split(text: str, place: Place) -> list[Word]:
    """Cut a line at its blanks, but not within brackets or quotes.

    Args:
        text: the line.
        place: where its first character stands.

    Raises:
        ScenarioError: a bracket or a quote is not closed.
    """
    words, unclosed = scan(text)
    if unclosed is not None:
        found = f"{text[unclosed]} is not closed"
        raise ScenarioError([Problem(shifted(place, unclosed), found)])
    return words


def scan(text: str) -> tuple[list[Word], int | None]:
    """Return the words of a line, and where a bracket or a quote begins that is not closed."""
    words: list[Word] = []
    begin: int | None = None
    opened: list[int] = []
    column = 0
    while column < len(text):
        character = text[column]
        if character.isspace() and not opened:
            if begin is not None:
                words.append(_word(text[begin:column], begin))
            begin = None
            column += 1
            continue
        begin = column if begin is None else begin
        if character in _QUOTES and _may_quote(text, column):
            end = _end_of_quote(text, column)
            if end is None:
                words.append(_word(text[begin:], begin))
                return words, column
            column = end
        elif character in _CLOSING:
            opened.append(column)
        elif opened and character == _CLOSING[text[opened[-1]]]:
            opened.pop()
        column += 1
    if begin is not None:
        words.append(_word(text[begin:], begin))
    return words, opened[-1] if opened else None


def _end_of_quote(text: str, begin: int) -> int | None:
    """Return where a quoted text ends; escaped and doubled quotes do not end it."""
    mark = text[begin]
    column = begin + 1
    while column < len(text):
        escaped = mark == '"' and text[column] == "\\"
        doubled = mark == "'" and text[column : column + 2] == "''"
        if text[column] == mark and not doubled:
            return column
        column += 2 if escaped or doubled else 1
    return None


def _may_quote(text: str, column: int) -> bool:
    """Whether a quote begins something here; within a word it is a letter like any other."""
    return column == 0 or text[column - 1] in " \t=[{,:("


def _word(text: str, column: int) -> Word:
    match = _KEY.match(text)
    if match is None:
        return Word(text, column, "", text)
    return Word(text, column, match[1], text[match.end() :])


def shifted(place: Place, columns: int) -> Place:
    """Return a place further along the same line."""
    return Place(place.file, place.line, place.column + columns)


def node_of(value: str, place: Place) -> Node:
    """Return the node of a value: a plain word, or YAML in brackets or quotes.

    Raises:
        ScenarioError: it is not well-formed.
    """
    if value[:1] not in _FLOW:
        return plain(value, place)
    try:
        return _moved(parse_nodes(value, place.file), place)
    except ScenarioError as error:
        problems = [Problem(_moved_place(one.place, place), one.message) for one in error.problems]
        raise ScenarioError(problems) from None


def _moved_place(inner: Place, outer: Place) -> Place:
    return shifted(outer, inner.column - 1)


def _moved(node: Node, outer: Place) -> Node:
    """Return a node whose places count from where its value stands."""
    place = _moved_place(node.place, outer)
    if isinstance(node, Mapping):
        entries = {key: _moved(one, outer) for key, one in node.entries.items()}
        return Mapping(place, entries, {k: _moved_place(p, outer) for k, p in node.keys.items()})
    if isinstance(node, Sequence):
        return Sequence(place, [_moved(one, outer) for one in node.items])
    return node._replace(place=place)
