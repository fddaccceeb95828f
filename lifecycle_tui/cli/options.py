"""What several commands share: the scenario, its overrides, and durations as option values."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from datetime import datetime

    from lifecycle_tui.engine.plan import Plan
    from lifecycle_tui.sessions.saved import Saved

STANDARD_INPUT = "-"
STANDARD_OUTPUT = "-"
FORMATS = ("table", "json", "telemetry", "logs")
"""How a run can be printed."""
_LONGEST_US = 366 * 24 * 3_600_000_000
"""The same limit as in scenario files."""
LONGEST_INVOCATION_US = 900_000_000
"""An invocation takes 15 minutes at most."""

F = TypeVar("F", bound=Callable[..., Any])


class Duration(click.ParamType[int]):
    """A duration with a unit, as whole microseconds, up to a limit."""

    name = "duration"

    def __init__(self, most_us: int = _LONGEST_US) -> None:
        self._most_us = most_us

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the microseconds of ``3.2s`` and the like."""
        from lifecycle_tui.units.durations import parse_duration, print_duration
        from lifecycle_tui.units.numbers import UnitError
        from lifecycle_tui.units.text import quote

        if isinstance(value, int):
            return value
        try:
            length_us = parse_duration(value)
        except UnitError as error:
            self.fail(f"{quote(value)} {error}.", param, ctx)
        if length_us > self._most_us:
            most = "366 days, the most there is"
            if self._most_us < _LONGEST_US:
                most = f"{print_duration(self._most_us)}, the most that Lambda allows"
            self.fail(f"{quote(value)} is longer than {most}.", param, ctx)
        return length_us


class Whole(click.ParamType[int]):
    """A whole number from ``low`` up, to ``high`` if there is such an end."""

    name = "whole number"

    def __init__(self, low: int, high: int | None = None) -> None:
        self._low = low
        self._high = high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of ``12``."""
        import re

        from lifecycle_tui.units.text import quote

        if isinstance(value, int):
            return value
        end = "or more" if self._high is None else f"to {self._high:,}"
        allowed = f"allowed: {self._low:,} {end}"
        if re.fullmatch(r"[+-]?[0-9]{1,30}", value) is None:
            self.fail(f"{quote(value)} is not a whole number; {allowed}.", param, ctx)
        number = int(value)
        if number < self._low or (self._high is not None and number > self._high):
            self.fail(f"{quote(value)} is out of range; {allowed}.", param, ctx)
        return number


class Date(click.ParamType["datetime"]):
    """A date of the calendar, and perhaps a time of that day (UTC)."""

    name = "date"

    def __init__(self, *, with_time: bool) -> None:
        self._formats = ["%Y-%m-%d"]
        self._expected = "a date such as 2026-01-31"
        if with_time:
            self._formats += ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"]
            self._expected += " or 2026-01-31T18:30:00Z"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return midnight, or that time, of ``2026-01-31``."""
        from contextlib import suppress
        from datetime import UTC, datetime

        from lifecycle_tui.units.text import quote

        if isinstance(value, datetime):
            return value
        found = None
        for form in self._formats:
            with suppress(ValueError):
                found = datetime.strptime(value, form).replace(tzinfo=UTC)
        if found is None:
            self.fail(f"{quote(value)} is not {self._expected}.", param, ctx)
        return found


class Size(click.ParamType[int]):
    """A size with a unit between two ends, as whole megabytes."""

    name = "size"

    def __init__(self, low_mb: int, high_mb: int) -> None:
        self._low_mb = low_mb
        self._high_mb = high_mb

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the megabytes of ``512MB`` and the like."""
        from lifecycle_tui.units.numbers import UnitError
        from lifecycle_tui.units.sizes import parse_size, print_size
        from lifecycle_tui.units.text import quote

        if isinstance(value, int):
            return value
        try:
            size_mb = parse_size(value)
        except UnitError as error:
            self.fail(f"{quote(value)} {error}.", param, ctx)
        if not self._low_mb <= size_mb <= self._high_mb:
            allowed = f"{print_size(self._low_mb)} to {print_size(self._high_mb)}"
            self.fail(f"{quote(value)} is out of range; allowed: {allowed}.", param, ctx)
        return size_mb


class _Shipped(click.ParamType[str]):
    """A file, or the name of something that comes with the program."""

    def shipped(self) -> Iterable[str]:
        """Return the names of what comes with the program."""
        raise NotImplementedError

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[Any]:
        """Complete the names of what comes with the program, and files."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name) for name in self.shipped() if name.startswith(incomplete)]
        return found or [CompletionItem(incomplete, type="file")]


class Scenario(_Shipped):
    """A path, ``-``, or the name of a shipped scenario."""

    name = "scenario"

    def shipped(self) -> Iterable[str]:
        """Return the names of shipped scenarios."""
        from lifecycle_tui.scenario.catalogue import names

        return names()


class LessonName(click.ParamType[str]):
    """The id of a lesson."""

    name = "lesson"

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[Any]:
        """Complete the lessons of the course, or of the folder that was named."""
        from pathlib import Path

        from click.shell_completion import CompletionItem

        from lifecycle_tui import locations

        folder = ctx.params.get("folder")
        where = folder if isinstance(folder, Path) else locations.lessons()
        ids = [path.stem.partition("-")[2] for path in sorted(where.glob("[0-9]*-*.md"))]
        return [CompletionItem(name) for name in ids if name.startswith(incomplete)]


class WalkthroughName(_Shipped):
    """A walkthrough's file, or the name of one that comes with the program."""

    name = "walkthrough"

    def shipped(self) -> Iterable[str]:
        """Return the names of shipped walkthroughs."""
        from lifecycle_tui.walkthroughs.catalogue import shipped

        return shipped()


def scenario_argument(*, required: bool) -> Callable[[F], F]:
    """Return a decorator that adds the SCENARIO argument."""
    return click.argument("scenario", type=Scenario(), required=required)


def scenario_options(function: F) -> F:
    """Add ``--seed`` and ``--set``."""
    seed = click.option(
        "--seed",
        type=Whole(0),
        metavar="N",
        help="Draw other random numbers than the file's seed gives.",
    )
    override = click.option(
        "--set",
        "overrides",
        multiple=True,
        metavar="FUNCTION.KEY=VALUE",
        help="Write a value over the file's, as web-api.timeout=5s or sources.jobs.batch_size=1;"
        " may be repeated.",
    )
    return seed(override(function))


def output_option(function: F) -> F:
    """Add ``--output``: a file, or standard output."""
    return click.option(
        "-o",
        "--output",
        default=STANDARD_OUTPUT,
        metavar="FILE",
        help="Where to; - is standard output.  [default: -]",
    )(function)


def announce(file: str) -> None:
    """Say so where a scenario is going to be typed, so that nobody takes it for a hang."""
    if file in (STANDARD_INPUT, "/dev/stdin") and sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        click.echo(f"reading the scenario from standard input; end with {end}", err=True)


def load_plan(scenario: str, seed: int | None, overrides: tuple[str, ...]) -> Plan:
    """Return the plan of a scenario, as the command line changes it."""
    return load_saved(scenario, seed, overrides).plan


def load_saved(scenario: str, seed: int | None, overrides: tuple[str, ...]) -> Saved:
    """Return a scenario as the command line changes it, together with its text."""
    from lifecycle_tui.files import reason
    from lifecycle_tui.scenario.catalogue import UnknownScenarioError
    from lifecycle_tui.sessions.opening import open_scenario
    from lifecycle_tui.units.text import quote

    announce(scenario)
    try:
        return open_scenario(scenario, seed, overrides)
    except UnknownScenarioError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"cannot read {quote(scenario, 100)}: {reason(error)}") from None


def open_saved(file: str) -> Saved:
    """Return the session of a file or of a permalink."""
    from lifecycle_tui.files import reason
    from lifecycle_tui.sessions.opening import open_session
    from lifecycle_tui.units.text import quote

    try:
        return open_session(file)
    except OSError as error:
        raise click.UsageError(f"cannot read {quote(file, 100)}: {reason(error)}") from None
