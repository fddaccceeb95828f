"""``lifecycle-tui progress``: what you have done in the course, shown, carried along, forgotten."""

from __future__ import annotations

from pathlib import Path

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import LessonName


@click.group(name="progress")
def progress() -> None:
    """Show, export, import or reset what you have done in the course.

    It is kept in one JSON file on this machine. Nothing is sent anywhere.

    \b
    Examples:
      lifecycle-tui progress show
      lifecycle-tui progress export > my-progress.json
      lifecycle-tui progress import my-progress.json
      lifecycle-tui progress reset --lesson doom-loop
    """


@progress.command()
def show() -> int:
    """Show how far you are, and where the file is.

    \b
    Examples:
      lifecycle-tui progress show
    """
    from lifecycle_tui.lessons.progress import Status, Store
    from lifecycle_tui.units.text import plural

    store = Store()
    kept = store.read()
    _tell(store.told)
    click.echo(f"file: {store.path}")
    if not kept:
        click.echo("nothing yet: the course begins with lifecycle-tui learn")
        return exit_codes.OK
    for name, lesson in kept.lessons.items():
        best = f", best {plural(lesson.best, 'move')}" if lesson.best is not None else ""
        hints = f", {plural(lesson.hints, 'hint')}" if lesson.hints else ""
        at = f" at {lesson.beat}" if lesson.beat and lesson.status is Status.STARTED else ""
        click.echo(f"  {name:16}  {lesson.status}{at}{best}{hints}")
    right = sum(each.correct for each in kept.predictions)
    click.echo(f"{plural(len(kept.predictions), 'prediction')}, {right} right")
    for name, belief in kept.misconceptions.items():
        if belief.missed:
            click.echo(f"  {name:24}  believed {belief.missed} of {belief.seen} times")
    return exit_codes.OK


@progress.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option(
    "--submission",
    "lesson",
    metavar="LESSON",
    help="What you did in this lesson, to hand in: answers, and the runs that reached its goals.",
)
@click.option(
    "--lessons",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="The folder of that lesson, instead of the course that comes with the program.",
)
def export(file: Path | None, lesson: str | None, folder: Path | None) -> int:
    """Write what is kept to FILE, or to standard output.

    \b
    Examples:
      lifecycle-tui progress export
      lifecycle-tui progress export my-progress.json
      lifecycle-tui progress export --submission doom-loop doom-loop.lcs
    """
    if lesson is not None:
        return _hand_in(lesson, folder, file)
    if folder is not None:
        raise click.UsageError("--lessons is for --submission.")
    from lifecycle_tui.lessons.progress import Store, printed

    store = Store()
    kept = store.read()
    _tell(store.told)
    if file is None:
        click.echo(printed(kept), nl=False)
        return exit_codes.OK
    if file.exists():
        raise click.UsageError(f"{click.format_filename(file)} exists already.")
    Store(file).write(kept)
    click.echo(f"written to {click.format_filename(file)}", err=True)
    return exit_codes.OK


def _hand_in(lesson: str, folder: Path | None, file: Path | None) -> int:
    """Write the submission of a lesson."""
    from lifecycle_tui.files import write_privately
    from lifecycle_tui.lessons.pack import load_pack, load_plan
    from lifecycle_tui.lessons.progress import Store
    from lifecycle_tui.lessons.submitting.work import FOLDER, function_names, submission_of
    from lifecycle_tui.lessons.submitting.writing import write_submission
    from lifecycle_tui.sessions.writing import CannotSaveError
    from lifecycle_tui.units.text import quote

    pack = load_pack(folder)
    found = pack.called(lesson)
    if found is None:
        raise click.UsageError(f"there is no lesson {quote(lesson, 60)}{pack.near(lesson)}")
    store = Store()
    kept = store.read()
    _tell(store.told)
    handed = submission_of(store.path.parent / FOLDER, found, kept)
    try:
        text = write_submission(handed, function_names(load_plan(found)))
    except CannotSaveError as error:
        click.echo(str(error), err=True)
        return exit_codes.CHECK_FAILED
    goals = f"{len(handed.works)} of {len(found.checks)} goals"
    answers = f"{len(handed.answers)} of {len(found.predictions)} predictions"
    if file is None:
        click.echo(text, nl=False)
        click.echo(f"{lesson}: {goals}, {answers}", err=True)
        return exit_codes.OK
    if file.exists():
        raise click.UsageError(f"{click.format_filename(file)} exists already.")
    write_privately(file, text)
    click.echo(f"{lesson}: {goals}, {answers} · in {click.format_filename(file)}", err=True)
    return exit_codes.OK


@progress.command(name="import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_(file: Path, yes: bool) -> int:
    """Take over what FILE holds, in place of what is kept here.

    \b
    Examples:
      lifecycle-tui progress import my-progress.json
    """
    from lifecycle_tui.lessons.progress import LARGEST, DamagedError, NewerError, Store, parse
    from lifecycle_tui.scenario.build import refuse_devices
    from lifecycle_tui.units.text import clean

    shown = clean(str(file))
    try:
        refuse_devices(file)
        with file.open("rb") as opened:
            brought = parse(opened.read(LARGEST + 1))
    except (DamagedError, NewerError) as error:
        click.echo(f"{shown}: {error}", err=True)
        return exit_codes.INVALID_FILE
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise click.UsageError(f"cannot read {shown}: {reason}") from None
    store = Store()
    kept = store.read()
    _tell(store.told)
    if not store.is_kept:
        return exit_codes.CHECK_FAILED
    if kept and not _agreed("This replaces the progress that is kept here. Go on?", yes=yes):
        return exit_codes.CHECK_FAILED
    store.write(brought)
    click.echo(f"taken over from {shown}")
    return exit_codes.OK


@progress.command()
@click.option("--lesson", type=LessonName(), metavar="ID", help="Only this lesson.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(lesson: str | None, yes: bool) -> int:
    """Forget what you have done: all of it, or one lesson.

    \b
    Examples:
      lifecycle-tui progress reset
      lifecycle-tui progress reset --lesson doom-loop --yes
    """
    from lifecycle_tui.lessons.progress import Store
    from lifecycle_tui.lessons.submitting.work import FOLDER, forget_work
    from lifecycle_tui.scenario.problems import did_you_mean
    from lifecycle_tui.units.text import plural, quote

    store = Store()
    kept = store.read()
    _tell(store.told)
    if not store.is_kept:
        return exit_codes.CHECK_FAILED
    if lesson is not None and lesson not in kept.lessons:
        hint = did_you_mean(lesson, kept.lessons)
        raise click.UsageError(f"there is no progress in a lesson {quote(lesson)}{hint}")
    if not kept:
        click.echo("there is nothing to forget")
        return exit_codes.OK
    told = quote(lesson) if lesson else plural(len(kept.lessons), "lesson")
    if not _agreed(f"This forgets your progress in {told} for good. Go on?", yes=yes):
        return exit_codes.CHECK_FAILED
    forget_work(store.path.parent / FOLDER, lesson)
    if lesson is None:
        store.forget()
    else:
        store.write(kept.without(lesson))
    click.echo(f"forgotten: {told}")
    return exit_codes.OK


def _agreed(question: str, *, yes: bool) -> bool:
    """Whether the person agrees; without a terminal only if they said so beforehand."""
    import sys

    if yes:
        return True
    if not sys.stdin.isatty():
        click.echo("nothing was changed: confirm with --yes", err=True)
        return False
    if click.confirm(question, err=True):
        return True
    click.echo("nothing was changed", err=True)
    return False


def _tell(told: str) -> None:
    if told:
        click.echo(told, err=True)
