"""``lifecycle-tui learn``, ``review`` and ``home``: the course, on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.language import language_option, speak_in
from lifecycle_tui.cli.options import LessonName
from lifecycle_tui.cli.plain import guarded, plain_option, play_plain, talk
from lifecycle_tui.cli.play import find_terminal

if TYPE_CHECKING:
    from lifecycle_tui.lessons.model import Lesson
    from lifecycle_tui.lessons.pack import Pack
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.places import Place

lessons_option = click.option(
    "--lessons",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="A folder of lessons, instead of the course that comes with the program.",
)
ascii_option = click.option(
    "--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only."
)


@click.command()
@click.argument("lesson", type=LessonName(), required=False, metavar="[LESSON]")
@lessons_option
@click.option(
    "--level",
    type=click.Choice(["guided", "faded", "goal"]),
    default="guided",
    show_default=True,
    help="How much a lesson helps: all of it; no prose and one hint; the goals alone.",
)
@click.option("--challenges", is_flag=True, help="Training: only what there is to reach.")
@language_option
@ascii_option
@plain_option
def learn(
    lesson: str | None,
    folder: Path | None,
    level: str,
    challenges: bool,
    language: str,
    ascii_only: bool,
    plain: bool,
) -> int:
    """Open the course where you left off, or a lesson of it by its name or number.

    \b
    Examples:
      lifecycle-tui learn
      lifecycle-tui learn doom-loop
      lifecycle-tui learn doom-loop --challenges
      lifecycle-tui learn --lessons my-course --level faded
      lifecycle-tui learn first-event --plain
      lifecycle-tui learn first-event --language de
    """
    from lifecycle_tui.lessons.pack import load_pack
    from lifecycle_tui.lessons.playing.steps import Level
    from lifecycle_tui.units.translation import chosen_language

    speak_in(language, folder)
    pack = load_pack(folder, chosen_language())
    chosen = None if lesson is None else find_lesson(pack, lesson)
    if not pack.lessons:
        return _no_lessons(pack)
    if not find_terminal(piped=False) or plain:
        from lifecycle_tui.plain.course import PlainCourse

        course = PlainCourse(pack, talk(), level=Level(level), challenges=challenges)
        return guarded("the course", lambda: course.learn(chosen))

    def first(app: LifecycleApp) -> Place:
        from lifecycle_tui.tui.learning.journey import Journey

        journey = Journey(app, folder=folder, level=Level(level), challenges=challenges, pack=pack)
        return journey.first(chosen)

    return open_first(first, "the course", ascii_only=ascii_only)


@click.command()
@lessons_option
@language_option
@ascii_option
@plain_option
def review(folder: Path | None, language: str, ascii_only: bool, plain: bool) -> int:
    """Answer again what you got wrong in the course, with other numbers.

    \b
    Examples:
      lifecycle-tui review
    """
    from lifecycle_tui.lessons.pack import load_pack
    from lifecycle_tui.lessons.playing.picking import review_steps
    from lifecycle_tui.lessons.playing.words import NOTHING_TO_REVIEW
    from lifecycle_tui.lessons.progress import Store
    from lifecycle_tui.units.translation import chosen_language

    speak_in(language, folder)
    pack = load_pack(folder, chosen_language())
    if not review_steps(pack, Store().read()):
        click.echo(NOTHING_TO_REVIEW)
        return exit_codes.OK
    if not find_terminal(piped=False) or plain:
        from lifecycle_tui.plain.course import PlainCourse

        return guarded("the review", PlainCourse(pack, talk()).review)

    def first(app: LifecycleApp) -> Place:
        from lifecycle_tui.tui.learning.journey import Journey

        journey = Journey(app, folder=folder, pack=pack)
        return journey.review() or journey.list()

    return open_first(first, "the review", ascii_only=ascii_only)


@click.command()
@language_option
@ascii_option
@plain_option
def home(language: str, ascii_only: bool, plain: bool) -> int:
    """Open the first screen: the course, the sandbox, the scenarios and the review.

    \b
    Examples:
      lifecycle-tui home
      lifecycle-tui home --language de
    """
    from lifecycle_tui.cli.opening import open_home, open_sandbox

    speak_in(language)
    if not find_terminal(piped=False) or plain:
        return play_plain(open_sandbox(), home=True)

    return open_home(ascii_only=ascii_only)


def open_first(make: Callable[[LifecycleApp], Place], name: str, *, ascii_only: bool) -> int:
    """Open the program on one of its places, with the sandbox behind it."""
    from lifecycle_tui.cli.opening import open_sandbox
    from lifecycle_tui.tui.launch import run_first

    return run_first(make, open_sandbox, name, ascii_only=ascii_only)


def find_lesson(pack: Pack, name: str) -> Lesson:
    """Return the lesson of an id or a number.

    Raises:
        click.UsageError: there is none.
        ScenarioError: there is none that can be read.
    """
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.units.text import quote

    found = pack.called(name)
    if found is not None:
        return found
    if pack.problems:
        raise ScenarioError(pack.problems)
    if pack.is_planned(name):
        raise click.UsageError(f"the lesson {quote(name)} is planned, and not written yet.")
    raise click.UsageError(f"there is no lesson {quote(name, 60)}{pack.near(name)}")


def _no_lessons(pack: Pack) -> int:
    """Say what is wrong with a folder without lessons."""
    for problem in pack.problems:
        click.echo(str(problem), err=True)
    if pack.problems:
        return exit_codes.INVALID_FILE
    raise click.UsageError(f"there is no lesson in {click.format_filename(pack.folder)}.")
