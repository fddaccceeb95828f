"""``lifecycle-tui walkthrough``: stories told in steps: played, listed, proved and recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.language import language_option, speak_in
from lifecycle_tui.cli.options import WalkthroughName, Whole, announce, open_saved
from lifecycle_tui.cli.play import find_terminal

if TYPE_CHECKING:
    from lifecycle_tui.scenario.problems import Problem
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.places import Place
    from lifecycle_tui.walkthroughs.model import Walkthrough

_ASCII = click.option(
    "--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only."
)


@click.group()
def walkthrough() -> None:
    """Tell a story in steps: what is seen, and what there is to say about it.

    PageDown goes on, PageUp back, Esc interrupts; so does a presenter's remote. A walkthrough is
    a file NAME.walk.yaml, and pytest tests it: docs/walkthrough-format.md.

    \b
    Examples:
      lifecycle-tui walkthrough list
      lifecycle-tui walkthrough play cold-and-warm
      lifecycle-tui walkthrough resume
      lifecycle-tui walkthrough check my.walk.yaml
      lifecycle-tui walkthrough record story.lcs -o story.walk.yaml
    """


@walkthrough.command()
@click.argument("name", type=WalkthroughName(), metavar="FILE|NAME")
@click.option("--step", type=Whole(1), default=1, metavar="N", help="Begin with this step.")
@language_option
@_ASCII
def play(name: str, step: int, language: str, ascii_only: bool) -> int:
    """Play a walkthrough on the screen: a file, or the name of one that comes with the program.

    \b
    Examples:
      lifecycle-tui walkthrough play cold-and-warm
      lifecycle-tui walkthrough play my.walk.yaml --step 4
    """
    speak_in(language)
    return _play(name, step - 1, ascii_only=ascii_only)


@walkthrough.command()
@language_option
@_ASCII
def resume(language: str, ascii_only: bool) -> int:
    """Go on where you left a walkthrough.

    \b
    Examples:
      lifecycle-tui walkthrough resume
    """
    from lifecycle_tui.walkthroughs.keeping import left

    speak_in(language)
    place = left()
    if place is None:
        click.echo("no walkthrough was left; see: lifecycle-tui walkthrough list", err=True)
        return exit_codes.USAGE
    return _play(place.file, place.step, ascii_only=ascii_only)


@walkthrough.command(name="list")
def list_() -> int:
    """List the walkthroughs that come with the program.

    \b
    Examples:
      lifecycle-tui walkthrough list
    """
    from lifecycle_tui.units.text import plural
    from lifecycle_tui.walkthroughs.catalogue import shipped
    from lifecycle_tui.walkthroughs.reading import load_walkthrough

    paths = shipped()
    width = max(map(len, paths))
    for name, path in paths.items():
        found = load_walkthrough(path)
        click.echo(f"{name:{width}}  {found.title} ({plural(len(found.steps), 'step')})")
    return exit_codes.OK


@walkthrough.command()
@click.argument("name", type=WalkthroughName(), metavar="FILE|NAME")
def show(name: str) -> int:
    """Print a walkthrough to read: its captions, with their figures, and its commands.

    \b
    Examples:
      lifecycle-tui walkthrough show doom-loop
    """
    from lifecycle_tui.walkthroughs.summary import lines_of

    for line in lines_of(_open(name)):
        click.echo(line)
    return exit_codes.OK


@walkthrough.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILES...")
def check(files: tuple[str, ...]) -> int:
    """Validate walkthroughs, and carry them out without a screen: every wait must come true.

    Snapshots are compared by pytest: pytest FOLDER.

    \b
    Examples:
      lifecycle-tui walkthrough check my.walk.yaml
      lifecycle-tui walkthrough check walkthroughs/*.walk.yaml
    """
    from lifecycle_tui.files import reason
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.units.text import clean
    from lifecycle_tui.walkthroughs.proving import prove
    from lifecycle_tui.walkthroughs.reading import load_walkthrough
    from lifecycle_tui.walkthroughs.summary import counts

    status = exit_codes.OK
    for file in files:
        try:
            found = load_walkthrough(Path(file))
        except ScenarioError as error:
            click.echo(str(error), err=True)
            status = exit_codes.INVALID_FILE
            continue
        except OSError as error:
            click.echo(f"{clean(file)}: cannot be read: {reason(error)}", err=True)
            status = max(status, exit_codes.USAGE)
            continue
        problems = prove(found)
        status = max(status, _tell(problems))
        if not problems:
            click.echo(f"{clean(file)}: ok ({counts(found)})")
    return status


@walkthrough.command()
@click.argument("session", metavar="SESSION")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="The walkthrough's file; its name ends in .walk.yaml.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over files that are there.")
def record(session: str, output: Path, force: bool) -> int:
    """Make a walkthrough of a saved session: SESSION is its file (.lcs) or a permalink.

    Each thing that was done becomes a step, with a caption to fill in. A scenario that does not
    come with the program is written beside it.

    \b
    Examples:
      lifecycle-tui walkthrough record story.lcs -o story.walk.yaml
    """
    from lifecycle_tui.files import reason
    from lifecycle_tui.units.text import clean
    from lifecycle_tui.walkthroughs.model import ENDING
    from lifecycle_tui.walkthroughs.recording import CannotRecordError
    from lifecycle_tui.walkthroughs.recording import record as recorded

    if not output.name.endswith(ENDING) or output.name == ENDING:
        raise click.UsageError(f"-o {clean(str(output))}: the name of the file ends in {ENDING}.")
    announce(session)
    saved = open_saved(session)
    if saved.against is not None:
        other = clean(saved.against.origin.name)
        words = f"left out: {other}, which it was compared with; a walkthrough has one scenario"
        click.echo(words, err=True)
    try:
        found = recorded(saved, output.name.removesuffix(ENDING))
    except CannotRecordError as error:
        click.echo(f"no walkthrough: {error}", err=True)
        return exit_codes.CHECK_FAILED
    files = {output.parent / name: text for name, text in found.files.items()}
    there = [path for path in files if path.exists()]
    if there and not force:
        raise click.UsageError(f"{clean(str(there[0]))} exists already; --force writes over it.")
    for path, text in files.items():
        try:
            if output.parent.is_dir():
                # Recorded arrivals may stand in a folder of their own.
                path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            click.echo(f"cannot write {clean(str(path))}: {reason(error)}", err=True)
            return exit_codes.CHECK_FAILED
        click.echo(f"written: {clean(str(path))}", err=True)
    return exit_codes.OK


def _open(name: str) -> Walkthrough:
    """Return what a command line names.

    Raises:
        click.UsageError: there is no such thing, or it cannot be read.
        ScenarioError: there is, and it is wrong.
    """
    from lifecycle_tui.files import reason
    from lifecycle_tui.units.text import clean
    from lifecycle_tui.walkthroughs.catalogue import UnknownWalkthroughError, open_walkthrough

    try:
        return open_walkthrough(name)
    except UnknownWalkthroughError as error:
        raise click.UsageError(f"{error}.") from None
    except OSError as error:
        raise click.UsageError(f"{clean(name)} cannot be read: {reason(error)}.") from None


def _play(name: str, at: int, *, ascii_only: bool) -> int:
    from lifecycle_tui.walkthroughs.proving import prove

    found = _open(name)
    if _tell(prove(found)):
        return exit_codes.CHECK_FAILED
    if not find_terminal(piped=False):
        told = "this needs a terminal; without one, it can be read: lifecycle-tui walkthrough show"
        click.echo(told, err=True)
        return exit_codes.USAGE
    from lifecycle_tui.cli.opening import open_sandbox
    from lifecycle_tui.tui.launch import run_first

    first = _first(found, name, at)
    return run_first(first, open_sandbox, found.title, ascii_only=ascii_only)


def _first(found: Walkthrough, name: str, at: int) -> Callable[[LifecycleApp], Place]:
    """Return what makes the screen."""

    def first(app: LifecycleApp) -> Place:
        from lifecycle_tui.tui.walking.opening import kept_walk_screen
        from lifecycle_tui.walkthroughs.catalogue import shipped

        which = name if name in shipped() else str(Path(name).resolve())
        return kept_walk_screen(app, which, found, at)

    return first


def _tell(problems: Iterable[Problem]) -> int:
    """Print problems, a line each; return the status."""
    told = [str(problem) for problem in problems]
    for line in told:
        click.echo(line, err=True)
    return exit_codes.CHECK_FAILED if told else exit_codes.OK
