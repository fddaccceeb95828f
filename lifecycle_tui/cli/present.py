"""``lifecycle-tui present``: a lesson for a room, and its notes in a second terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lifecycle_tui import exit_codes, guest
from lifecycle_tui.cli.language import language_option, speak_in
from lifecycle_tui.cli.learn import (
    ascii_option,
    find_lesson,
    lessons_option,
    open_first,
)
from lifecycle_tui.cli.options import LessonName, Whole
from lifecycle_tui.cli.plain import plain_option
from lifecycle_tui.cli.play import find_terminal

if TYPE_CHECKING:
    from lifecycle_tui.lessons.presenting.slides import Deck
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.places import Place


@click.command()
@click.argument("lesson", type=LessonName(), metavar="LESSON")
@click.option(
    "--notes",
    is_flag=True,
    help="In a second terminal: notes, what comes next, the timer. It follows the first one.",
)
@click.option(
    "--from",
    "begin",
    default="1",
    metavar="BEAT",
    help="Begin with a part of the lesson by its id, or with a slide by its number.",
)
@click.option(
    "--seed", type=Whole(0), metavar="N", help="Other random numbers than the lesson's own."
)
@lessons_option
@language_option
@ascii_option
@plain_option
def present(
    lesson: str,
    notes: bool,
    begin: str,
    seed: int | None,
    folder: Path | None,
    language: str,
    ascii_only: bool,
    plain: bool,
) -> int:
    """Present a lesson to a room: large letters, few words, votes by raised hands.

    PageDown goes on and PageUp back; so does a presenter's remote. Without a terminal, or with
    --plain, all slides are printed with their notes.

    \b
    Examples:
      lifecycle-tui present doom-loop
      lifecycle-tui present doom-loop --notes          in a second terminal
      lifecycle-tui present doom-loop --from escape
      lifecycle-tui present doom-loop --plain > slides.txt
    """
    from lifecycle_tui.lessons.pack import load_pack
    from lifecycle_tui.lessons.presenting.dealing import deal
    from lifecycle_tui.lessons.staging import RefusedError
    from lifecycle_tui.units.translation import chosen_language

    speak_in(language, folder)
    pack = load_pack(folder, chosen_language())
    chosen = find_lesson(pack, lesson)
    on_screen = find_terminal(piped=False) and not plain
    if notes:
        return _follow(chosen.id, ascii_only=ascii_only, on_screen=on_screen)
    try:
        deck, plan = deal(pack, chosen, seed=seed)
    except RefusedError as error:
        click.echo(str(error.problem), err=True)
        return exit_codes.INVALID_FILE
    at = _place(deck, begin)
    if not on_screen:
        from lifecycle_tui.lessons.presenting.printing import printed

        for line in printed(deck):
            click.echo(line)
        return exit_codes.OK

    def first(app: LifecycleApp) -> Place:
        import time

        from lifecycle_tui.lessons.presenting.presentation import Presentation
        from lifecycle_tui.tui.presenting.opening import present_screen

        now_s = None if guest.is_active() else time.time
        return present_screen(app, Presentation(deck, plan, at), now_s=now_s)

    return open_first(first, chosen.title, ascii_only=ascii_only)


def _follow(lesson: str, *, ascii_only: bool, on_screen: bool) -> int:
    """Show the notes of a presentation that runs in another terminal.

    Raises:
        click.UsageError: there is no terminal to show them in.
    """
    if not on_screen:
        raise click.UsageError("--notes needs a terminal; --plain alone prints slides and notes.")

    def first(app: LifecycleApp) -> Place:
        import time

        from lifecycle_tui.lessons.presenting.telling import file_of
        from lifecycle_tui.tui.screens.notes import NotesScreen

        return NotesScreen(lesson, file_of(lesson), now_s=time.time, skin=app.skin)

    return open_first(first, f"the notes of {lesson}", ascii_only=ascii_only)


def _place(deck: Deck, begin: str) -> int:
    """Return the slide to begin with, from 0.

    Raises:
        click.UsageError: there is no such slide and no such part.
    """
    from lifecycle_tui.scenario.problems import did_you_mean
    from lifecycle_tui.units.text import quote

    count = len(deck.slides)
    if begin.isascii() and begin.isdigit():
        number = begin.lstrip("0")[:10] or "0"
        if not 1 <= int(number) <= count:
            raise click.UsageError(f"--from {number}: there are slides 1 to {count}.")
        return int(number) - 1
    found = deck.first_of(begin)
    if found is None:
        hint = did_you_mean(begin, list(deck.beats))
        message = f"--from: there are slides 1 to {count}, and no part {quote(begin, 40)}{hint}"
        raise click.UsageError(message)
    return found
