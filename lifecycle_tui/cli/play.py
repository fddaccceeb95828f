"""``lifecycle-tui play``: the interactive screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.language import language_option, speak_in
from lifecycle_tui.cli.options import (
    Duration,
    load_saved,
    open_saved,
    scenario_argument,
    scenario_options,
)
from lifecycle_tui.cli.plain import plain_option, play_plain

if TYPE_CHECKING:
    from lifecycle_tui.sessions.saved import Saved


class Speed(click.ParamType[float]):
    """A speed between the slowest and the fastest notch of the keys: ``2``, ``0.5`` or ``1/8``."""

    name = "speed"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the virtual seconds for each second of ours."""
        import re
        from fractions import Fraction

        from lifecycle_tui.play.player import SPEEDS
        from lifecycle_tui.units.text import quote

        if isinstance(value, float):
            return value
        allowed = f"allowed: 1/{1 / SPEEDS[0]:.0f} to {SPEEDS[-1]:.0f}, as 2, 0.5 or 1/8"
        match = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(?:/([0-9]{1,9}))?", value)
        if match is None or not int(match[2] or 1):
            self.fail(f"{quote(value)} is no speed; {allowed}.", param, ctx)
        speed = float(Fraction(match[1]) / int(match[2] or 1))
        if not SPEEDS[0] <= speed <= SPEEDS[-1]:
            self.fail(f"{quote(value)} is out of range; {allowed}.", param, ctx)
        return speed


@click.command()
@scenario_argument(required=False)
@click.option("--list", "list_shipped", is_flag=True, help="List the scenarios that come with it.")
@scenario_options
@click.option(
    "--speed",
    type=Speed(),
    default="1",
    show_default=True,
    metavar="X",
    help="Virtual seconds for each second of yours: 1/16 to 3600, as 2, 0.5 or 1/8.",
)
@click.option("--at", type=Duration(), default=0, metavar="TIME", help="Open at this moment.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
@language_option
@plain_option
def play(
    scenario: str | None,
    list_shipped: bool,
    seed: int | None,
    overrides: tuple[str, ...],
    speed: float,
    at: int,
    ascii_only: bool,
    language: str,
    plain: bool,
) -> int:
    """Open the interactive screen on SCENARIO: a path, - for standard input, or a shipped name.

    A session opens too: its file (.lcs), or a permalink (lcs1:…).

    \b
    Examples:
      lifecycle-tui play
      lifecycle-tui play --list
      lifecycle-tui play short-timeout --speed 2
      lifecycle-tui play my.yaml --set web-api.timeout=5s --at 3.2s
      lifecycle-tui play story.lcs
      printf 'fire\\nwhy\\n' | lifecycle-tui play --plain
    """
    speak_in(language)
    if list_shipped:
        return _list()
    from lifecycle_tui.scenario.catalogue import DEFAULT

    name = scenario or DEFAULT
    from lifecycle_tui.sessions.opening import is_session

    if is_session(name):
        if seed is not None or overrides:
            raise click.UsageError(
                "a session has its own seed and settings; leave --seed and --set out."
            )
        return open_on_screen(open_saved(name), speed, at, ascii_only=ascii_only, plain=plain)
    saved = load_saved(name, seed, overrides)
    if not find_terminal(piped=name == "-") or plain:
        return play_plain(saved.open(), at_us=at)
    from lifecycle_tui.tui.launch import run_play

    origin = saved.origin
    return run_play(
        saved.plan,
        scenario_name=origin.name,
        speed=speed,
        at_us=at,
        ascii_only=ascii_only,
        origin=lambda: origin,
    )


def open_on_screen(
    saved: Saved,
    speed: float = 1.0,
    at_us: int = 0,
    *,
    ascii_only: bool = False,
    plain: bool = False,
) -> int:
    """Open a session, where it was left or at a moment; return the exit code."""
    if not find_terminal(piped=False) or plain:
        return play_plain(saved.open(), at_us=at_us)
    from lifecycle_tui.tui.launch import run_session

    return run_session(saved.open, saved.origin.name, speed, at_us, ascii_only=ascii_only)


def _list() -> int:
    """Print the shipped scenarios by group."""
    from lifecycle_tui.scenario.catalogue import DEFAULT, GROUPS, names, shipped

    scenarios = shipped()
    width = max(map(len, names()))
    for group in GROUPS:
        click.echo(group)
        for each in scenarios:
            if each.group == group:
                mark = "  (default)" if each.name == DEFAULT else ""
                click.echo(f"  {each.name:{width}}  {each.title}{mark}")
    return exit_codes.OK


def find_terminal(*, piped: bool) -> bool:
    """Whether there is a terminal to draw on and to read keys from.

    Args:
        piped: the scenario came through standard input; keys then come from the controlling
            terminal, which takes its place.
    """
    if piped and not sys.stdin.isatty():
        try:
            terminal = os.open("/dev/tty", os.O_RDONLY)
        except OSError:
            return False
        os.dup2(terminal, 0)
        os.close(terminal)
        sys.stdin = os.fdopen(0, closefd=False)
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
