"""The gate before the parser: only words, numbers, text and signs of the language pass it."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Final, NamedTuple

from lifecycle_tui.expressions.errors import ExpressionError
from lifecycle_tui.units.text import quote

LONGEST: Final = 2_000
"""Characters of an expression."""
MOST_BRACKETS: Final = 30
"""Brackets within brackets."""
LONGEST_TEXT: Final = 200
LONGEST_NUMBER: Final = 24

_TOKEN: Final = re.compile(
    r"(?P<space> +)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign>==|!=|<=|>=|//|[-+*/%<>()\[\],.])"
)
_BLANKS: Final = str.maketrans("\t\r\n", "   ")
_ALLOWED_WORDS: Final = frozenset({"and", "or", "not", "in", "if", "else", "True", "False", "None"})
_INSTEAD: Final = {
    "&": "write and",
    "|": "write or",
    "!": "write not, or != for unequal",
    "=": "write == to compare",
    "#": "a comment is not part of an expression",
    "\\": "text is taken as it stands, without escapes",
    ":": "slices, lambda and := are not part of the language; write one index, as inv[0]",
    "{": "write a list in round brackets, as status in ('ok', 'error')",
    "}": "write a list in round brackets, as status in ('ok', 'error')",
    ";": "one expression is all there is",
    "'": "the text is not closed with '",
    '"': 'the text is not closed with "',
    "^": "there are no powers; write x * x",
    "$": "an amount is a plain number, as run.cost_usd < 0.01",
    "@": "at a moment is at('3s', …)",
}
_CLOSING: Final = {")": "(", "]": "["}


class Token(NamedTuple):
    """A word, number, text or sign, and where it begins (from 0)."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of an expression, without blanks.

    Raises:
        ExpressionError: something in it is not of the language.
    """
    if len(text) > LONGEST:
        message = f"{len(text):,} characters; an expression has at most {LONGEST:,}"
        raise ExpressionError(message, LONGEST + 1)
    found: list[Token] = []
    plain = one_line(text)
    place = 0
    while place < len(plain):
        match = _TOKEN.match(plain, place)
        if match is None:
            raise _stranger(plain, place)
        token = Token(match.lastgroup or "", match.group(), place)
        if token.kind != "space":
            _check(plain, token, found[-1] if found else None)
            found.append(token)
        place = match.end()
    if not found:
        raise ExpressionError("nothing is written; write a condition, as count(env) == 1", 1)
    _balance(found)
    return found


def one_line(text: str) -> str:
    """Return the text with every line break and tab as a blank; columns stay."""
    return text.translate(_BLANKS)


def _stranger(text: str, place: int) -> ExpressionError:
    sign = text[place]
    if not sign.isascii():
        message = f"{quote(sign)} is not part of the language; outside text only ASCII is"
        return ExpressionError(message, place + 1)
    instead = _INSTEAD.get(sign, "see docs/expressions.md")
    return ExpressionError(f"{quote(sign)} is not part of the language: {instead}", place + 1)


def _check(text: str, token: Token, before: Token | None) -> None:
    column = token.start + 1
    end = token.start + len(token.text)
    touches = before is not None and before.start + len(before.text) == token.start
    if token.kind == "name":
        _check_word(token, before if touches else None)
    elif token.kind == "number" and len(token.text) > LONGEST_NUMBER:
        raise ExpressionError("the number has too many digits", column)
    elif token.kind == "text":
        if touches and before is not None and before.kind in ("name", "text"):
            message = f"{quote(before.text)} before text has no meaning; text is taken as it stands"
            raise ExpressionError(message, before.start + 1)
        _check_text(token)
    elif token.text == "*" and text[end : end + 1] == "*":
        raise ExpressionError("'**' is not part of the language; write x * x", column)
    elif token.text == "%" and text[end:].lstrip(" ")[:1] in ("", ")", ","):
        raise ExpressionError("a share is written in quotes, as within(a, b, '5%')", column)


def _check_word(token: Token, touching: Token | None) -> None:
    word, column = token.text, token.start + 1
    if touching is not None and touching.kind == "number":
        together = touching.text + word
        message = f"{quote(together)}: write a time in quotes, as '20ms', or leave a blank"
        raise ExpressionError(message, touching.start + 1)
    if iskeyword(word) and word not in _ALLOWED_WORDS:
        instead = "write ==" if word == "is" else "any(…), all(…) and count(…) go through rows"
        raise ExpressionError(f"{quote(word)} is not part of the language; {instead}", column)
    if word.startswith("_"):
        raise ExpressionError(f"{quote(word)}: no name begins with '_'", column)
    if len(word) > LONGEST_TEXT:
        raise ExpressionError("the name is too long", column)


def _check_text(token: Token) -> None:
    inside = token.text[1:-1]
    if len(inside) > LONGEST_TEXT:
        message = f"text of {len(inside):,} characters; at most {LONGEST_TEXT}"
        raise ExpressionError(message, token.start + 1)
    for place, letter in enumerate(inside):
        if letter == "\\" or not letter.isprintable():
            message = f"{quote(letter)} cannot stand in text; it is taken as it stands"
            raise ExpressionError(message, token.start + 2 + place)


def _balance(found: list[Token]) -> None:
    open_ones: list[Token] = []
    for token in found:
        if token.text in ("(", "["):
            open_ones.append(token)
            if len(open_ones) > MOST_BRACKETS:
                message = f"more than {MOST_BRACKETS} brackets within each other"
                raise ExpressionError(message, token.start + 1)
        elif token.text in _CLOSING:
            if not open_ones or open_ones[-1].text != _CLOSING[token.text]:
                raise ExpressionError(f"{quote(token.text)} closes nothing", token.start + 1)
            open_ones.pop()
    if open_ones:
        last = open_ones[-1]
        raise ExpressionError(f"{quote(last.text)} is never closed", last.start + 1)
