"""``lifecycle-tui simulate``: a scenario from beginning to end, without a screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import (
    FORMATS,
    Date,
    Duration,
    load_plan,
    scenario_argument,
    scenario_options,
)

if TYPE_CHECKING:
    from datetime import datetime

    from lifecycle_tui.engine.simulation import Run

_DATED: Final = ("logs", "telemetry")
"""Formats that have a line for each happening, with its date."""


@click.command()
@scenario_argument(required=True)
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Text for people, one JSON object, the Telemetry API's records (a JSON object a line,"
    " environment by environment), or what CloudWatch Logs would hold.",
)
@click.option("--until", type=Duration(), metavar="TIME", help="Stop at this moment.")
@scenario_options
@click.option(
    "--summary-only", is_flag=True, help="Totals only, in constant memory however long the run."
)
@click.option(
    "--epoch",
    type=Date(with_time=True),
    metavar="DATE",
    help="The date (UTC) of time 0 in logs and telemetry.  [default: 2026-01-01]",
)
def simulate(
    scenario: str,
    kind: str,
    until: int | None,
    seed: int | None,
    overrides: tuple[str, ...],
    summary_only: bool,
    epoch: datetime | None,
) -> int:
    """Run SCENARIO without a screen and print what happened.

    \b
    Examples:
      lifecycle-tui simulate burst-of-five
      lifecycle-tui simulate short-timeout --format logs
      lifecycle-tui simulate short-timeout --format telemetry
      lifecycle-tui simulate my.yaml --format json --until 10m > run.json
      lifecycle-tui simulate load.yaml --summary-only --seed 7
      lifecycle-tui simulate - --set timeout=5s < my.yaml
    """
    if summary_only and kind in _DATED:
        raise click.UsageError(
            f"--summary-only keeps nothing for --format {kind}; use --format table or json."
        )
    check_epoch(epoch, kind)
    from dataclasses import replace

    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.engine.simulation import run

    plan = load_plan(scenario, seed, overrides)
    if until is not None:
        plan = replace(plan, until_us=until)
    with progress("simulating"):
        result = run(plan, keep_trace=not summary_only)
    write_run(result, kind, epoch)
    return exit_codes.OK


def check_epoch(epoch: datetime | None, kind: str) -> None:
    """Refuse a date for a format that has none."""
    if epoch is not None and kind not in _DATED:
        raise click.UsageError("--epoch is for --format logs and --format telemetry.")


def write_run(run: Run, kind: str, epoch: datetime | None) -> None:
    """Print a run, and say on stderr which commands did nothing."""
    _write(_chunks(run, kind, epoch))
    _warn(run)


def _warn(run: Run) -> None:
    """Say which commands named an environment that never came to exist."""
    from lifecycle_tui.engine.plan import Crash, Reclaim
    from lifecycle_tui.readings.words import at, environment_name
    from lifecycle_tui.units.text import plural

    created = run.tally.environments_created
    for command in run.plan.commands:
        if not isinstance(command, Crash | Reclaim) or command.environment < created:
            continue
        if command.at_us <= run.ended_us:
            click.echo(
                f"warning: the {type(command).__name__.lower()} of"
                f" {environment_name(command.environment)} at {at(command.at_us)} did nothing:"
                f" the run had {plural(created, 'environment')}",
                err=True,
            )


def _chunks(run: Run, kind: str, epoch: datetime | None) -> Iterable[str]:
    if kind == "json":
        from lifecycle_tui.export.jsonfile import json_chunks

        return json_chunks(run)
    if kind in _DATED:
        return _dated(run, kind, epoch)
    from lifecycle_tui.export.table import table_lines

    return (f"{line}\n" for line in table_lines(run, color=_wants_color()))


def _dated(run: Run, kind: str, epoch: datetime | None) -> Iterator[str]:
    from lifecycle_tui.export.logs import log_text
    from lifecycle_tui.export.telemetry import telemetry_text
    from lifecycle_tui.readings.ids import EPOCH, has_dates
    from lifecycle_tui.readings.index import Index

    assert run.trace is not None
    start = EPOCH if epoch is None else epoch
    times = run.trace.times
    if not has_dates(times[0], times[-1], start):
        raise click.UsageError(
            f"--epoch {start.year:04}-{start:%m-%d} is too {'late' if start.year > 1 else 'early'}:"
            " the run would leave the years 1 to 9999."
        )
    text = log_text if kind == "logs" else telemetry_text
    return text(Index(run.trace), start)


def _wants_color() -> bool:
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _write(chunks: Iterable[str]) -> None:
    """Write text as UTF-8, whatever the locale says, with plain line ends."""
    out = sys.stdout.buffer
    for chunk in chunks:
        out.write(chunk.encode("utf-8"))
    out.flush()
