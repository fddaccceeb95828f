"""``replay``, ``permalink`` and ``resume``: sessions outside of the screen that played them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.language import language_option, speak_in
from lifecycle_tui.cli.options import FORMATS, Date, Whole, announce, load_saved, open_saved
from lifecycle_tui.cli.plain import plain_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lifecycle_tui.sessions.autosave import Kept
    from lifecycle_tui.sessions.saved import Saved


class SessionFile(click.ParamType[str]):
    """A session file or a permalink."""

    name = "file"

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[Any]:
        """Complete files."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


@click.command()
@click.argument("file", type=SessionFile())
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="As of simulate.",
)
@click.option("--branch", metavar="NAME", help="Another branch than the one that was shown.")
@click.option("--branches", "list_branches", is_flag=True, help="List the branches.")
@click.option(
    "--epoch",
    type=Date(with_time=True),
    metavar="DATE",
    help="The date (UTC) of time 0 in logs and telemetry.  [default: 2026-01-01]",
)
def replay(
    file: str, kind: str, branch: str | None, list_branches: bool, epoch: datetime | None
) -> int:
    """Run a session again without a screen: FILE is a session file (.lcs) or a permalink.

    What it prints is what the session came to, byte for byte.

    \b
    Examples:
      lifecycle-tui replay story.lcs
      lifecycle-tui replay story.lcs --branches
      lifecycle-tui replay story.lcs --branch main.1 --format json > run.json
      lifecycle-tui replay 'lcs1:eNp…' --format logs
    """
    saved = open_saved(file)
    if list_branches:
        return _list(saved)
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.cli.simulate import check_epoch, write_run
    from lifecycle_tui.engine.simulation import run
    from lifecycle_tui.units.text import quote

    check_epoch(epoch, kind)
    name = saved.current if branch is None else branch
    try:
        plan = saved.plan_of(name)
    except KeyError:
        names = ", ".join(one.name for one in saved.branches[:8])
        raise click.UsageError(f"there is no branch {quote(name)}; there is {names}") from None
    with progress("simulating"):
        result = run(plan)
    write_run(result, kind, epoch)
    _tell_version(saved)
    return exit_codes.OK


def _list(saved: Saved) -> int:
    """Print the branches: name, parent, steps; a mark stands before the one that was shown."""
    from lifecycle_tui.play.note import moment_words
    from lifecycle_tui.units.text import plural

    width = max(len(branch.name) for branch in saved.branches)
    for branch in saved.branches:
        mark = "> " if branch.name == saved.current else "  "
        left = ""
        if branch.parent is not None:
            left = f"  left {branch.parent} at {moment_words(branch.forked_at_us)}"
        click.echo(f"{mark}{branch.name:{width}}  {plural(len(branch.own), 'step')}{left}")
    return exit_codes.OK


def _tell_version(saved: Saved) -> None:
    """Say so if another version saved it: rules may have changed since."""
    from lifecycle_tui import __version__

    if saved.program != __version__:
        click.echo(
            f"note: version {saved.program} saved it, and this is {__version__}; what it came to"
            " may differ",
            err=True,
        )


@click.command()
@click.argument("file", type=SessionFile())
def permalink(file: str) -> int:
    """Print a session as one string that opens it on another machine.

    FILE is a session file (.lcs), or a scenario: a path, - for standard input, or a shipped name.

    \b
    Examples:
      lifecycle-tui permalink story.lcs
      lifecycle-tui permalink short-timeout
      lifecycle-tui play "$(lifecycle-tui permalink story.lcs)"
    """
    from lifecycle_tui.sessions.opening import is_session
    from lifecycle_tui.sessions.permalink import write_permalink
    from lifecycle_tui.sessions.writing import CannotSaveError

    announce(file)
    saved = open_saved(file) if is_session(file) else load_saved(file, None, ())
    try:
        click.echo(write_permalink(saved))
    except CannotSaveError as error:
        click.echo(f"no permalink: {error}", err=True)
        return exit_codes.CHECK_FAILED
    return exit_codes.OK


@click.command()
@click.argument("number", type=Whole(1), required=False)
@click.option("--list", "list_kept", is_flag=True, help="List the sessions that were kept.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
@language_option
@plain_option
def resume(
    number: int | None, list_kept: bool, ascii_only: bool, language: str, plain: bool
) -> int:
    """Open the latest session again, as it was when it was left, or when the program was killed.

    The latest few sessions are kept; NUMBER opens an older one, as --list counts them.

    \b
    Examples:
      lifecycle-tui resume
      lifecycle-tui resume --list
      lifecycle-tui resume 2
    """
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.sessions.autosave import folder, kept
    from lifecycle_tui.units.text import plural

    speak_in(language)
    every = kept()
    if list_kept:
        return _list_kept()
    if not every:
        click.echo(f"no session was kept yet (they are kept in {folder()})", err=True)
        return exit_codes.USAGE
    if number is not None and number > len(every):
        there = plural(len(every), "session")
        raise click.UsageError(f"there is no session {number}: {there} kept, see --list")
    from lifecycle_tui.cli.play import open_on_screen

    chosen = number or 1
    try:
        saved = open_saved(str(every[chosen - 1].path))
    except (ScenarioError, click.UsageError) as error:
        return _tell_damage(error, chosen, every)
    return open_on_screen(saved, ascii_only=ascii_only, plain=plain)


def _tell_damage(error: Exception, number: int, every: Sequence[Kept]) -> int:
    """Say why a session cannot be opened, and which one can be instead."""
    told = error.message if isinstance(error, click.UsageError) else str(error)
    others = [*range(number + 1, len(every) + 1), *range(1, number)]
    other = next((one for one in others if _can_open(every[one - 1])), None)
    if other is None:
        told += "\nno other session was kept that can be opened"
    else:
        age = "an older" if other > number else "a newer"
        told += f"\n{age} session can be opened: lifecycle-tui resume {other}  (all: resume --list)"
    click.echo(told, err=True)
    return exit_codes.USAGE if isinstance(error, click.UsageError) else exit_codes.INVALID_FILE


def _can_open(one: Kept) -> bool:
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.sessions.opening import open_session

    try:
        open_session(str(one.path))
    except (ScenarioError, OSError):
        return False
    return True


def _list_kept() -> int:
    """Print what was kept: number, when, scenario, branches and steps."""
    from datetime import datetime

    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.sessions.autosave import kept
    from lifecycle_tui.sessions.opening import open_session
    from lifecycle_tui.units.text import plural

    for number, one in enumerate(kept(), 1):
        when = datetime.fromtimestamp(one.written_s).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        try:
            saved = open_session(str(one.path))
        except (ScenarioError, OSError):
            words = f"cannot be read: {one.path}"
        else:
            steps = sum(len(branch.own) for branch in saved.branches)
            words = f"{saved.origin.name}, {plural(steps, 'step')}"
            if len(saved.branches) > 1:
                words += f" in {len(saved.branches)} branches"
        click.echo(f"{number}  {when}  {words}")
    return exit_codes.OK
