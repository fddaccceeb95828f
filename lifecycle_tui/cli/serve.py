"""``lifecycle-tui serve``: the program in a browser."""

from __future__ import annotations

import importlib.util
from typing import Final

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import Duration, Whole

_SECOND_US: Final = 1_000_000
_DAY_US: Final = 24 * 3_600 * _SECOND_US
_IDLE_US: Final = 15 * 60 * _SECOND_US
_MISSING: Final = (
    "serve needs textual-serve, which is not installed: pip install 'lifecycle-tui[serve]'"
)
_OPEN: Final = "anybody who reaches this address can play; see docs/serving.md"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=Whole(0, 65_535),
    default=8000,
    show_default=True,
    metavar="N",
    help="The port; 0 takes one that is free.",
)
@click.option(
    "--visitors",
    type=Whole(1, 1_000),
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many at once; each has a process of their own.",
)
@click.option(
    "--idle",
    type=Duration(_DAY_US),
    default=_IDLE_US,
    metavar="TIME",
    help="End a visit after so long without a key.  [default: 15m]",
)
@click.option("--lesson", metavar="ID", help="Open on this lesson of the course.")
@click.option("--scenario", metavar="NAME", help="Open on this shipped scenario.")
def serve(
    host: str, port: int, visitors: int, idle: int, lesson: str | None, scenario: str | None
) -> int:
    """Let people play in a browser, on this machine alone unless --host says otherwise.

    Visitors have the whole program and nothing of the machine: no files, no processes, no
    network. Nothing is kept of a visit. It needs the extra serve.

    \b
    Examples:
      lifecycle-tui serve
      lifecycle-tui serve --lesson doom-loop --visitors 40
      lifecycle-tui serve --host 0.0.0.0 --port 8080 --idle 5m
    """
    if lesson is not None and scenario is not None:
        raise click.UsageError("choose --lesson or --scenario, not both.")
    if idle < _SECOND_US:
        raise click.UsageError("--idle is 1s or more.")
    words = _words(lesson, scenario)
    if importlib.util.find_spec("textual_serve") is None:
        click.echo(_MISSING, err=True)
        return exit_codes.USAGE
    import asyncio

    from lifecycle_tui.serving.server import VisitServer, run
    from lifecycle_tui.units.durations import format_duration

    server = VisitServer(words, visitors=visitors, idle_s=idle / _SECOND_US)

    def told(address: str) -> None:
        click.echo(f"serving on {address}")
        click.echo(
            f"at most {visitors} at once, each until {format_duration(idle)} without a key"
            " · ctrl+c ends",
            err=True,
        )
        if host not in ("127.0.0.1", "localhost", "::1"):
            click.echo(_OPEN, err=True)

    try:
        asyncio.run(run(server, host, port, told))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        click.echo(f"cannot listen on {host} port {port}: {reason}", err=True)
        return exit_codes.CHECK_FAILED
    return exit_codes.OK


def _words(lesson: str | None, scenario: str | None) -> tuple[str, ...]:
    """Return what visitors are shown: names of ours, looked up, never what was typed."""
    from lifecycle_tui.units.text import quote

    if lesson is not None:
        from lifecycle_tui.lessons.pack import load_pack

        pack = load_pack()
        found = pack.called(lesson)
        if found is None:
            raise click.UsageError(f"there is no lesson {quote(lesson, 60)}{pack.near(lesson)}")
        return ("--lesson", found.id)
    if scenario is not None:
        from lifecycle_tui.scenario.catalogue import names
        from lifecycle_tui.scenario.problems import did_you_mean

        if scenario not in names():
            hint = did_you_mean(scenario, names())
            raise click.UsageError(f"there is no shipped scenario {quote(scenario, 60)}{hint}")
        return ("--scenario", scenario)
    return ()
