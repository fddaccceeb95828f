"""Languages that nobody speaks: what is not marked for translation stays English in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from lifecycle_tui.units import translation

_BRACES = re.compile(r"(\{[a-z][a-z_0-9]*(?:![rsa])?(?::[^{}]*)?\})")
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = dict(
    zip(map(ord, _PLAIN), "àƀćďéƒĝĥíĵķļḿńöþɋŕšťúṽŵẋýžÀɃĆĎÉƑĜĤÍĴĶĻḾŃÖÞɊŔŠŤÚṼŴẊÝŽ", strict=True)
)
_VOWEL = re.compile("([aeiouAEIOU])")
_WIDE = {ord(letter): chr(ord(letter) - 0x21 + 0xFF01) for letter in _PLAIN}


class Accented:
    """Every message between marks, longer by every vowel, and without a plain letter."""

    def gettext(self, message: str, /) -> str:
        return f"⟦{_outside_braces(message, self.said)}⟧"

    def ngettext(self, one: str, many: str, count: int, /) -> str:
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context: str, message: str, /) -> str:
        return self.gettext(message)

    @staticmethod
    def said(text: str) -> str:
        return _VOWEL.sub(r"\1\1", text).translate(_ACCENTED)


class Wide(Accented):
    """Every message in letters that take two cells each."""

    def gettext(self, message: str, /) -> str:
        return _outside_braces(message, lambda text: text.translate(_WIDE))


def _outside_braces(message: str, say: object) -> str:
    assert callable(say)
    parts = _BRACES.split(message)
    return "".join(part if _BRACES.fullmatch(part) else str(say(part)) for part in parts)


@contextmanager
def spoken(catalogue: translation.Catalogue, language: str = "xx") -> Iterator[None]:
    """Let the program speak a language, and English again."""
    translation.choose(language, catalogue)
    try:
        yield
    finally:
        translation.choose("", None)
