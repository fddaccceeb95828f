"""``lifecycle-tui check``: are these files right?"""

from __future__ import annotations

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import announce


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILES...")
def check(files: tuple[str, ...]) -> int:
    """Validate scenarios, sessions (*.lcs), lessons (*.md) and walkthroughs (*.walk.yaml).

    Every problem is told with file:line:column.

    \b
    Examples:
      lifecycle-tui check my-scenario.yaml
      lifecycle-tui check scenarios/*.yaml
      lifecycle-tui check story.lcs
      lifecycle-tui check 01-my-lesson.md
    """
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.units.text import clean

    status = exit_codes.OK
    for file in files:
        shown = clean(file) or "''"
        announce(file)
        try:
            found = _read(file)
        except ScenarioError as error:
            click.echo(str(error), err=True)
            status = exit_codes.INVALID_FILE
        except OSError as error:
            reason = error.strerror or type(error).__name__
            click.echo(f"{shown}: cannot be read: {reason}", err=True)
            status = max(status, exit_codes.USAGE)
        else:
            click.echo(f"{shown}: ok ({found})")
    return status


def _read(file: str) -> str:
    """Read a file of whichever kind its name says, and say what it holds."""
    name = file.lower()
    if name.endswith(".walk.yaml"):
        return _walkthrough(file)
    return _lesson(file) if name.endswith(".md") else _scenario(file)


def _walkthrough(file: str) -> str:
    """Read a walkthrough and carry it out, and say what it holds."""
    from pathlib import Path

    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.walkthroughs.proving import prove
    from lifecycle_tui.walkthroughs.reading import load_walkthrough
    from lifecycle_tui.walkthroughs.summary import counts

    found = load_walkthrough(Path(file))
    problems = prove(found)
    if problems:
        raise ScenarioError(problems)
    return counts(found)


def _scenario(file: str) -> str:
    """Read a scenario or a session, and say what it holds."""
    from lifecycle_tui.scenario.build import load
    from lifecycle_tui.sessions.opening import is_session, open_session
    from lifecycle_tui.units.text import plural

    plan = open_session(file).plan if is_session(file) else load(file)
    functions = plural(len(plan.functions), "function")
    return f"{functions}, {plural(len(plan.commands), 'command')}"


def _lesson(file: str) -> str:
    """Read a lesson, its scenario and its commands, and say what it holds."""
    from pathlib import Path

    from lifecycle_tui.lessons.linting import lint_alone
    from lifecycle_tui.lessons.loading import load_lesson
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.units.text import plural

    lesson = load_lesson(Path(file))
    problems = lint_alone(lesson)
    if problems:
        raise ScenarioError(problems)
    beats = plural(len(lesson.beats), "beat")
    predictions = plural(len(lesson.predictions), "prediction")
    return f"{beats}, {predictions}, {plural(len(lesson.checks), 'check')}"
