"""The languages in which the program speaks, and choosing one of them.

English stands in the code. A catalogue of another language is a folder of ``locale/``, written by
``tools/messages.py``; it is read when its language is chosen, and never otherwise. What is not
translated in it stays English.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.units import translation

VARIABLE: Final = "LIFECYCLE_TUI_LANGUAGE"
"""What is exported to choose a language without saying so each time."""
ENGLISH: Final = "en"
CODE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
"""How a language is written: ``de``, ``pt-BR``."""
_NAME: Final = "lifecycle-tui"


class UnknownLanguageError(ValueError):
    """There is neither a catalogue nor a lesson in a language; the message says what there is."""


def catalogues() -> tuple[str, ...]:
    """Return the languages for which there is a catalogue."""
    found = locations.locale().glob(f"*/LC_MESSAGES/{_NAME}.mo")
    return tuple(sorted(path.parents[1].name for path in found))


def speak(language: str, lessons: Path | None = None) -> None:
    """Let the program speak a language from now on; lessons come in it too, where there are any.

    Args:
        language: its code; empty for English. Without words for ``pt-BR``, ``pt`` will do.
        lessons: the folder of the lessons; the course that comes with the program unless given.

    Raises:
        UnknownLanguageError: there is nothing in it.
    """
    from lifecycle_tui.units.text import quote

    if language in ("", ENGLISH):
        translation.choose("", None)
        return
    found = catalogues()
    named = [name for name in (language, language.partition("-")[0]) if name in found]
    translated = lessons_in(lessons or locations.lessons())
    if not CODE.fullmatch(language) or not (named or language in translated):
        there = ", ".join(sorted({ENGLISH, *found, *translated}))
        raise UnknownLanguageError(f"nothing is in {quote(language, 20)}; there is {there}.")
    translation.choose(language, _read(named[0]) if named else None)


def lessons_in(folder: Path) -> tuple[str, ...]:
    """Return the languages into which lessons of a folder were translated."""
    found = (path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.md")))
    return tuple(sorted(path.name for path in found if CODE.fullmatch(path.name)))


def _read(name: str) -> translation.Catalogue:
    from gettext import GNUTranslations

    path = locations.locale() / name / "LC_MESSAGES" / f"{_NAME}.mo"
    with path.open("rb") as file:
        return GNUTranslations(file)
