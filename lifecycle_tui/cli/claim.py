"""``lifecycle-tui claim``: the smallest scenario that breaks a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import Scenario, Whole, load_plan

if TYPE_CHECKING:
    from lifecycle_tui.claims.candidate import Base
    from lifecycle_tui.claims.claim import ClaimError
    from lifecycle_tui.claims.search import Found


@click.command()
@click.argument("claim", required=False)
@click.option(
    "--given",
    default="",
    metavar="CONDITION",
    help="Only scenarios that meet it: pc (provisioned concurrency), rc, timeout, memory,"
    " init_total, handler …, events (how many), sent (a row for each: t, gap_ms, outcome …),"
    " and all that a claim can name.",
)
@click.option(
    "--scenario",
    type=Scenario(),
    metavar="SCENARIO",
    help="Vary the first function of this scenario instead of a plain one.",
)
@click.option(
    "--events",
    type=Whole(1, 100),
    metavar="N",
    help="Events of a scenario, at most.  [default: 4, or at once as many as the claim's numbers"
    " suggest]",
)
@click.option(
    "--runs",
    type=Whole(1, 1_000_000),
    default="5000",
    show_default=True,
    metavar="N",
    help="Scenarios that are tried, at most.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--open", "opens", is_flag=True, help="Open the counterexample on the screen.")
@click.option("--list", "list_ready", is_flag=True, help="List claims that are ready made.")
def claim(
    claim: str | None,
    given: str,
    scenario: str | None,
    events: int | None,
    runs: int,
    as_json: bool,
    opens: bool,
    list_ready: bool,
) -> int:
    """Look for the smallest scenario that breaks CLAIM, and say why it does.

    A claim is an expression about a run, as 'all(inv, wait_ms < 20)': docs/expressions.md has the
    language. What is found is printed as a scenario file, with its story in comments. If nothing
    is found, that is no proof; it says how hard it looked.

    \b
    Exit status: 1 the claim is broken, 0 nothing was found that breaks it, 2 the claim or its
    condition is no expression.

    \b
    Examples:
      lifecycle-tui claim --list
      lifecycle-tui claim 'all(inv, wait_ms < 20)' --given 'pc >= 2' | lifecycle-tui play -
      lifecycle-tui claim 'all(db, peak <= 10)' --scenario connection-storm --json
    \b
    Five things that people believe:
      # a ping every five minutes prevents cold starts
      lifecycle-tui claim "all(inv, event == 1 or start != 'cold')" \\
          --given "sent[1].gap_ms == '5m' and all(sent, gap_ms <= '5m')"
      # provisioned concurrency 2 means nobody waits
      lifecycle-tui claim 'all(inv, wait_ms < 20)' --given 'pc >= 2'
      # the timeout covers Init
      lifecycle-tui claim "all(inv, status == 'timeout')" --given 'init_total > timeout'
      # after a timeout the next event is cold
      lifecycle-tui claim "inv[1].start == 'cold'" \\
          --given "inv[0].status == 'timeout' and sent[1].t > inv[0].t_end"
      # reserved concurrency keeps environments warm
      lifecycle-tui claim "all(inv, start != 'cold')" --given 'rc >= 1'
    """
    if list_ready:
        return _list()
    if claim is None:
        raise click.UsageError("write a CLAIM, as 'all(inv, wait_ms < 20)'; or --list")
    if opens and as_json:
        raise click.UsageError("--open shows it on the screen and --json prints it; choose one.")
    from lifecycle_tui.claims.claim import ClaimError, read_claim
    from lifecycle_tui.claims.search import Found, search
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.export.claims import claim_json, claim_lines
    from lifecycle_tui.expressions import ExpressionError

    try:
        wanted = read_claim(claim, given)
        with progress("searching"):
            result = search(wanted, _base(scenario), most_events=events, most_runs=runs)
    except ClaimError as error:
        return _refuse(error)
    except ExpressionError as error:
        raise click.UsageError(f"the claim cannot be checked: {error.message}") from None
    if opens and isinstance(result, Found):
        return _open(result)
    if as_json:
        click.echo(claim_json(result))
    else:
        for line in claim_lines(result):
            click.echo(line)
    return exit_codes.CHECK_FAILED if isinstance(result, Found) else exit_codes.OK


def _base(scenario: str | None) -> Base | None:
    if scenario is None:
        return None
    from lifecycle_tui.claims.search import base_of

    plan = load_plan(scenario, None, ())
    if plan.functions[0].autoscaling is not None:
        click.echo(
            f"note: the auto scaling of {plan.functions[0].name} is left out of the search",
            err=True,
        )
    return base_of(plan)


def _refuse(error: ClaimError) -> int:
    """Show what is wrong, with a mark below the place."""
    from lifecycle_tui.units.text import clean

    click.echo(str(error), err=True)
    begin = max(0, error.error.column - 60)
    shown = clean(error.text[begin : begin + 78], 80)
    click.echo(f"  {shown}\n  {' ' * (error.error.column - 1 - begin)}^", err=True)
    return exit_codes.USAGE


def _open(found: Found) -> int:
    from lifecycle_tui.claims.written import scenario_text
    from lifecycle_tui.cli.play import find_terminal
    from lifecycle_tui.readings.invocations import invocation_at
    from lifecycle_tui.tui.launch import run_play

    if not find_terminal(piped=False):
        click.echo("--open needs a terminal; the counterexample is on standard output", err=True)
        click.echo(scenario_text(found.plan), nl=False)
        return exit_codes.USAGE
    moment_us = invocation_at(found.index, found.event).arrived_us
    return run_play(found.plan, scenario_name="counterexample", at_us=moment_us)


def _list() -> int:
    from lifecycle_tui.claims.myths import READY

    for each in READY:
        click.echo(f"{each.words}{'' if each.myth else '  (holds)'}")
        click.echo(f"  {each.claim}")
        if each.given:
            click.echo(f"  given {each.given}")
    return exit_codes.OK
