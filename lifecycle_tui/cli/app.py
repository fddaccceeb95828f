"""The ``lifecycle-tui`` command: its subcommands, and how every failure becomes an exit status."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from lifecycle_tui import __version__, exit_codes
from lifecycle_tui.cli.language import language_option
from lifecycle_tui.cli.plain import plain_option
from lifecycle_tui.cli.table import Commands

PROGRAM: Final = "lifecycle-tui"


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name=PROGRAM)
@language_option
@plain_option
@click.pass_context
def cli(context: click.Context, language: str, plain: bool) -> int | None:
    """See how AWS Lambda's execution environments live.

    Fire events at simulated functions and watch environments being created, initialised, reused,
    frozen, reset and shut down, with the reason for every step. Without a command, the program
    opens on its first screen: the course, the sandbox, the scenarios.

    \b
    Examples:
      lifecycle-tui                               open the program
      lifecycle-tui learn                         go on with the course
      lifecycle-tui learn --plain                 the same in lines, without a screen
      lifecycle-tui play short-timeout            open a scenario
      lifecycle-tui simulate burst-of-five        run one without a screen
      lifecycle-tui explain warm-reuse --event 2  why was event 2 warm?
      lifecycle-tui claim 'all(inv, wait_ms < 20)' --given 'pc >= 2'

    \b
    Exit status: 0 all went well, 1 a check failed, 2 wrong usage, 3 an invalid file,
    70 a fault of the program itself, 130 interrupted.

    \b
    Completion in the shell (bash, zsh or fish):
      eval "$(lifecycle-tui completion bash)"
    """
    if context.invoked_subcommand is None:
        from lifecycle_tui.cli.learn import home

        opened: int = context.invoke(home, language=language, plain=plain)
        return opened
    for option, given in (("--plain", plain), (f"--language {language}", language)):
        if given:
            command = f"{PROGRAM} {context.invoked_subcommand}"
            name = option.partition(" ")[0]
            raise click.UsageError(f"{name} belongs behind the command: {command} {option}")
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; what is wrong goes to stderr.

    Args:
        arguments: the words after the program's name; the process's own if None.
    """
    from lifecycle_tui.scenario.problems import ScenarioError

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    streams = sys.stdout, sys.stderr
    try:
        status = cli.main(arguments, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return exit_codes.INTERRUPTED
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        return _leave_closed_pipe()
    except SystemExit:
        if sys.stdout is streams[0]:
            raise
        # click saw the broken pipe first: it wrapped the streams and left with status 1.
        sys.stdout, sys.stderr = streams
        return _leave_closed_pipe()
    except ScenarioError as error:
        return _report(error)
    except click.ClickException as error:
        error.show()
        return exit_codes.USAGE
    except OSError as error:
        click.echo(f"cannot write: {error.strerror or type(error).__name__}", err=True)
        return exit_codes.CHECK_FAILED
    return status if isinstance(status, int) else exit_codes.OK


def _leave_closed_pipe() -> int:
    """Whoever read our output has enough. Python flushes once more at the end: into nothing."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exit_codes.OK


def _report(error: Exception) -> int:
    """Print the problems of a scenario, a line each."""
    from lifecycle_tui.scenario.overrides import OPTION
    from lifecycle_tui.scenario.problems import ScenarioError

    click.echo(str(error), err=True)
    problems = error.problems if isinstance(error, ScenarioError) else ()
    if problems and all(problem.place.file.startswith(OPTION) for problem in problems):
        return exit_codes.USAGE
    return exit_codes.INVALID_FILE
