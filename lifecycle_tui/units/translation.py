"""The program's own words in the language that was chosen; until one is, the English of the code.

A message is English text that stands in the code, as the argument of `tr` and its kin, where
``tools/messages.py`` finds it. What it is filled with is named: ``tr("{count} lanes", count=3)``.
Names of AWS, words of the command language and what programs read are no messages.
"""

from __future__ import annotations

from typing import Protocol


class Catalogue(Protocol):
    """The messages of a language, as the standard library's ``gettext`` reads them."""

    def gettext(self, message: str, /) -> str:
        """Return a message."""

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        """Return a message that depends on a number."""

    def pgettext(self, context: str, message: str, /) -> str:
        """Return a message that means something else elsewhere."""


class _Chosen:
    """The language of this process; English has no catalogue."""

    language = ""
    catalogue: Catalogue | None = None


def choose(language: str, catalogue: Catalogue | None) -> None:
    """Let the program speak a language from now on.

    Args:
        language: its code, as ``de``; empty for English.
        catalogue: its messages; None for English.
    """
    _Chosen.language, _Chosen.catalogue = language, catalogue


def chosen_language() -> str:
    """Return the code of the language that was chosen; empty for English."""
    return _Chosen.language


def tr(message: str, /, **values: object) -> str:
    """Return a message in the chosen language.

    Args:
        message: the English text.
        values: what stands in the place of the names in its braces; without any, braces are braces.
    """
    catalogue = _Chosen.catalogue
    # A catalogue answers to the empty message with its header.
    if catalogue is None or not message:
        return message.format(**values) if values else message
    return _filled(catalogue.gettext(message), message, values)


def tr_as(context: str, message: str, /, **values: object) -> str:
    """Return a message that means something else in another place; ``context`` says which place."""
    catalogue = _Chosen.catalogue
    if catalogue is None:
        return message.format(**values) if values else message
    return _filled(catalogue.pgettext(context, message), message, values)


def tr_many(one: str, many: str, count: int, /, **values: object) -> str:
    """Return a message that depends on a number, which it may name as ``count``.

    Args:
        one: the English text for 1.
        many: for every other number.
        count: the number.
        values: what else stands in its braces.
    """
    values = {"count": count, **values}
    english = one if count == 1 else many
    catalogue = _Chosen.catalogue
    if catalogue is None:
        return english.format(**values)
    return _filled(catalogue.ngettext(one, many, count), english, values)


def tr_later(message: str, /) -> str:
    """Return a message as it is: it stands in a table, and is translated where it is drawn."""
    return message


def _filled(told: str, english: str, values: dict[str, object]) -> str:
    """Fill a translation; where its names are not those of the message, the English is told."""
    if not values:
        return told
    try:
        return told.format(**values)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return english.format(**values)
