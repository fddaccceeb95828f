"""``lifecycle-tui check``: are these files right?"""

from __future__ import annotations

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import announce


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILES...")
def check(files: tuple[str, ...]) -> int:
    """Validate scenarios and sessions; every problem on a line of its own, with file:line:column.

    \b
    Examples:
      lifecycle-tui check my-scenario.yaml
      lifecycle-tui check scenarios/*.yaml
      lifecycle-tui check story.lcs
    """
    from lifecycle_tui.scenario.build import load
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.sessions.opening import is_session, open_session
    from lifecycle_tui.units.text import clean, plural

    status = exit_codes.OK
    for file in files:
        shown = clean(file) or "''"
        announce(file)
        try:
            plan = open_session(file).plan if is_session(file) else load(file)
        except ScenarioError as error:
            click.echo(str(error), err=True)
            status = exit_codes.INVALID_FILE
        except OSError as error:
            reason = error.strerror or type(error).__name__
            click.echo(f"{shown}: cannot be read: {reason}", err=True)
            status = max(status, exit_codes.USAGE)
        else:
            functions = plural(len(plan.functions), "function")
            commands = plural(len(plan.commands), "command")
            click.echo(f"{shown}: ok ({functions}, {commands})")
    return status
