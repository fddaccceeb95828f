"""Text with expressions in it: ``"It took {inv[1].duration_ms} ms"``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from lifecycle_tui.expressions import Expression, ExpressionError, Value, parse
from lifecycle_tui.expressions.nodes import Call, Field, Name, Node
from lifecycle_tui.readings.tables import UNITS
from lifecycle_tui.units.durations import format_duration

UNKNOWN: Final = "…"
"""Stands for what is not known yet."""
_DECIMALS: Final = 2
_UNIT_OF: Final = {field: unit for fields in UNITS.values() for field, unit in fields.items()}
_STARTS: Final = {
    "cold": "COLD",
    "warm": "WARM",
    "pre": "PRE",
    "restored": "RESTORED",
    "reinit": "RE-INIT",
}
"""The words of the screen for the starts of expressions."""


class Template(NamedTuple):
    """Text in parts: words, and expressions whose values stand between them."""

    parts: tuple[str | Expression, ...]
    columns: tuple[int, ...] = ()
    """Where in the text each part begins, from 1."""

    @property
    def expressions(self) -> tuple[tuple[int, Expression], ...]:
        """The expressions, each after the column where it begins."""
        pairs = zip(self.columns, self.parts, strict=True)
        return tuple((column, part) for column, part in pairs if isinstance(part, Expression))

    @property
    def plain(self) -> str:
        """The text with ``…`` for every expression."""
        return "".join(part if isinstance(part, str) else UNKNOWN for part in self.parts)

    def fill(self, names: Mapping[str, Value]) -> str:
        """Return the text with the values of its expressions.

        Raises:
            ExpressionError: an expression has no answer.
        """
        return "".join(
            part if isinstance(part, str) else value_words(part.evaluate(names), field_of(part))
            for part in self.parts
        )


def template(text: str) -> Template:
    """Read text with expressions in braces; a brace itself is written twice.

    Raises:
        ExpressionError: with the column in this text.
    """
    parts: list[str | Expression] = []
    columns: list[int] = []
    for column, part in _parts(text):
        parts.append(part)
        columns.append(column)
    return Template(tuple(parts), tuple(columns))


def field_of(expression: Expression) -> str:
    """Return the field whose unit an expression's value has; empty if it is none's.

    That is the field of ``inv[1].wait_ms`` and of ``max(inv, wait_ms)``.
    """
    node: Node = expression.root
    if isinstance(node, Call) and node.name in ("min", "max", "sum") and len(node.given) == 2:
        node = node.given[1]
    return node.name if isinstance(node, Field | Name) else ""


def value_words(value: Value, field: str = "") -> str:
    """Return a value as it is read.

    Args:
        value: what an expression came to.
        field: the field that it is one of; times then read as on the screen, with their unit.
    """
    unit = _UNIT_OF.get(field, "")
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if unit == "ms":
            return format_duration(round(value * 1_000))
        if unit == "USD":
            return f"${value:.7f}"
        rounded = round(value, _DECIMALS)
        number = f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,}"
        return f"{number} {unit}" if unit in ("MB", "GB-s") else number
    if isinstance(value, str):
        return _STARTS.get(value, value) if field == "start" else value
    if isinstance(value, tuple):
        return ", ".join(value_words(each, field) for each in value)
    return UNKNOWN


def _parts(text: str) -> Iterator[tuple[int, str | Expression]]:
    words, began, place = "", 0, 0
    while place < len(text):
        letter = text[place]
        if letter not in "{}":
            words += letter
            place += 1
        elif text[place : place + 2] == letter * 2:
            words += letter
            place += 2
        elif letter == "}":
            raise ExpressionError("'}' closes nothing; write }} for the sign itself", place + 1)
        else:
            end = text.find("}", place)
            if end < 0 or "{" in text[place + 1 : end]:
                raise ExpressionError("'{' is not closed with '}'", place + 1)
            if words:
                yield began + 1, words
            yield place + 2, _expression(text[place + 1 : end], place + 1)
            words, began, place = "", end + 1, end + 1
    if words:
        yield began + 1, words


def _expression(text: str, offset: int) -> Expression:
    try:
        return parse(text)
    except ExpressionError as error:
        raise ExpressionError(error.message, error.column + offset) from None
