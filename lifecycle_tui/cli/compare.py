"""``lifecycle-tui compare``: two runs side by side, and where they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import Date, Scenario, Whole, load_saved

if TYPE_CHECKING:
    from datetime import datetime

    from lifecycle_tui.engine.plan import Plan
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.sessions.saved import Saved


@click.command()
@click.argument("a", type=Scenario())
@click.argument("b", type=Scenario(), required=False)
@click.option("--set-a", multiple=True, metavar="FUNCTION.KEY=VALUE",
              help="Write a value over A's, as web-api.timeout=5s; may be repeated.")  # fmt: skip
@click.option("--set-b", multiple=True, metavar="FUNCTION.KEY=VALUE",
              help="Write a value over B's; may be repeated.")  # fmt: skip
@click.option("--rules-a", type=Date(with_time=False), metavar="DATE",
              help="Whose rules A follows.")  # fmt: skip
@click.option("--rules-b", type=Date(with_time=False), metavar="DATE",
              help="Whose rules B follows.")  # fmt: skip
@click.option("--seed", type=Whole(0), metavar="N", help="Draw other random numbers, in both.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--open", "on_screen", is_flag=True, help="Open both on the screen (A/B).")
def compare(
    a: str,
    b: str | None,
    set_a: tuple[str, ...],
    set_b: tuple[str, ...],
    rules_a: datetime | None,
    rules_b: datetime | None,
    seed: int | None,
    as_json: bool,
    on_screen: bool,
) -> int:
    """Compare two runs: scenarios A and B, or A with itself set otherwise.

    Both draw the same random numbers, so that they differ only where it matters. Events are the
    same ones if they were sent at the same time to the same function by the same source.

    \b
    Examples:
      lifecycle-tui compare short-timeout --set-b web-api.timeout=6s
      lifecycle-tui compare first-event --rules-b 2023-01-01
      lifecycle-tui compare burst-of-five provisioned-concurrency --json
      lifecycle-tui compare short-timeout --set-b web-api.timeout=6s --open
    """
    if b is None and not (set_b or rules_b or set_a or rules_a):
        raise click.UsageError(
            "compare with what? Give a second scenario, --set-b or --rules-b "
            "(lifecycle-tui compare --help has examples)."
        )
    from dataclasses import replace

    saved_a, saved_b = load_saved(a, seed, set_a), load_saved(b or a, seed, set_b)
    plan_a, plan_b = _dated(saved_a.plan, rules_a), _dated(saved_b.plan, rules_b)
    names = (run_name(a, set_a, rules_a), run_name(b or a, set_b, rules_b))
    if on_screen:
        one, other = (
            replace(saved, plan=plan, origin=replace(saved.origin, name=name))
            for saved, plan, name in zip((saved_a, saved_b), (plan_a, plan_b), names, strict=True)
        )
        return _open(replace(one, against=other))
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.export.comparison import comparison_json, comparison_lines
    from lifecycle_tui.play.comparison import Comparison

    with progress("simulating"):
        session, rival = _session(plan_a, names[0]), _session(plan_b, names[1])
        compared = Comparison(session, stranger=rival)
        end_us = min(session.player.track.end_us, rival.player.track.end_us) - 1
        session.player.seek(end_us)
        compared.keep_up()
        shown = compared.shown()._replace(names=names)
    if as_json:
        click.echo(comparison_json(plan_a, plan_b, shown, end_us))
    else:
        for line in comparison_lines(plan_a, plan_b, shown, end_us):
            click.echo(line)
    return exit_codes.OK


def _dated(plan: Plan, date: datetime | None) -> Plan:
    from dataclasses import replace

    return plan if date is None else replace(plan, rules_date=date.strftime("%Y-%m-%d"))


def run_name(scenario: str, overrides: tuple[str, ...], date: datetime | None) -> str:
    """Return what one of two runs is called: its scenario, and what was written over it."""
    from pathlib import PurePath

    from lifecycle_tui.units.text import clean

    words = ["standard input" if scenario == "-" else clean(PurePath(scenario).name, 60)]
    words += [clean(override, 60) for override in overrides]
    if date is not None:
        words.append(f"rules of {date:%Y-%m-%d}")
    return ", ".join(words)


def _session(plan: Plan, name: str) -> Session:
    from lifecycle_tui.play.session import Session

    return Session(plan, scenario_name=name)


def _open(saved: Saved) -> int:
    from lifecycle_tui.cli.play import find_terminal
    from lifecycle_tui.tui.launch import run_session

    if not find_terminal(piped=False):
        click.echo("--open needs a terminal; without it, the comparison is printed", err=True)
        return exit_codes.USAGE
    return run_session(saved.open, saved.origin.name)
