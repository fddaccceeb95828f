"""``--language``, for those commands that talk: the program's words and lessons in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def language_option(function: F) -> F:
    """Add ``--language``; the command hands it to `speak_in` before it says anything."""
    return click.option(
        "--language",
        default="",
        metavar="CODE",
        help="The program's words, and lessons, in another language, as de; en is English."
        " LIFECYCLE_TUI_LANGUAGE chooses one for good.",
    )(function)


def speak_in(language: str, lessons: Path | None = None) -> None:
    """Let the program speak a language: that of the option, else that of the environment.

    Args:
        language: the option; empty where it is not given.
        lessons: the folder of the lessons; the course that comes with the program unless given.

    Raises:
        click.UsageError: there is nothing in that language.
    """
    from lifecycle_tui.languages import VARIABLE, UnknownLanguageError, speak

    wanted = language or os.environ.get(VARIABLE, "")
    try:
        speak(wanted, lessons)
    except UnknownLanguageError as error:
        where = "--language" if language else VARIABLE
        raise click.UsageError(f"{where}: {error}") from None
