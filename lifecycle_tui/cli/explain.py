"""``lifecycle-tui explain``: the chain of causes behind one event."""

from __future__ import annotations

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import Whole, load_plan, scenario_argument, scenario_options


@click.command()
@scenario_argument(required=True)
@click.option("--event", type=Whole(1), required=True, metavar="N", help="The event's number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@scenario_options
def explain(
    scenario: str, event: int, as_json: bool, seed: int | None, overrides: tuple[str, ...]
) -> int:
    """Say why event N of SCENARIO started as it did, back to what was done from outside.

    It also says what would have made the difference: each such thing was found by running the
    scenario again with that one change.

    \b
    Examples:
      lifecycle-tui explain warm-reuse --event 2
      lifecycle-tui explain short-timeout --event 3 --json
    """
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.engine.simulation import run
    from lifecycle_tui.export.explanation import explanation_json, explanation_lines
    from lifecycle_tui.play.contrasts import contrasts
    from lifecycle_tui.readings.index import Index
    from lifecycle_tui.readings.why import why_event
    from lifecycle_tui.units.text import plural

    plan = load_plan(scenario, seed, overrides)
    with progress("simulating"):
        result = run(plan)
    assert result.trace is not None
    index = Index(result.trace)
    events = len(index.events)
    if event > events:
        raise click.UsageError(f"there is no event {event}: the run has {plural(events, 'event')}.")
    explanation = why_event(index, event)
    with progress("looking for what would have made the difference"):
        found = contrasts(index, event)
    if as_json:
        click.echo(explanation_json(explanation, event, found))
    else:
        for line in explanation_lines(explanation, plan.rules_date, found):
            click.echo(line)
    return exit_codes.OK
