"""Why an event had to run Init again: what reset its environment."""

from __future__ import annotations

from bisect import bisect_left

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.readings.bars import (
    init_budget_us,
)
from lifecycle_tui.readings.fold import RESET_REASONS
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Cause, Invocation
from lifecycle_tui.readings.why.chain import chain_from, make_cause
from lifecycle_tui.readings.why.pool import (
    life_before_start,
)
from lifecycle_tui.readings.words import at, event_name, span
from lifecycle_tui.units.translation import tr, tr_later


def why_reinit(index: Index, invocation: Invocation) -> tuple[str, list[Cause]]:
    """Explain an event that has to run Init again; return the answer and its causes."""
    event, life = event_name(invocation.event), life_before_start(index, invocation)
    name = life.facts.id
    records = index.of_environment[invocation.environment]
    place = bisect_left(records, invocation.start_record)
    reset = next(n for n in reversed(records[:place]) if index.kind(n) in RESET_REASONS)
    extensions = any(extension.external for extension in life.facts.plan.extensions)
    phases, timeout = "E+R+F" if extensions else "R+F", span(life.facts.plan.timeout_us)
    again = tr_later(
        "{phases} ran inside Invoke, {length} that did not count against the timeout then, before"
        " {event}'s handler; a first Init has {budget} of its own."
    )
    if invocation.reinit_us is None:
        again = tr_later(
            "{phases} ran inside Invoke, within the timeout of {timeout}, before {event}'s handler;"
            " a first Init has {budget} of its own."
        )
    elif rules.reinit_counts_against_timeout(index.plan.rules_date):
        again = tr_later(
            "{phases} ran inside Invoke, {length} of the {timeout} timeout, before {event}'s"
            " handler; a first Init has {budget} of its own."
        )
    budget = span(init_budget_us(life.facts, inside=False))
    on_demand = life.facts.initialization_type is InitializationType.ON_DEMAND
    reset_cause = chain_from(index, reset)
    answer = tr(
        "{name} was reset at {moment}, so {event} had to run Init again.",
        name=name,
        moment=at(index.times[reset]),
        event=event,
    )
    first_time = index.attempt(invocation.event, invocation.arrival_record).creation in records
    if first_time:
        answer = tr(
            "{name}'s first Init failed, so it ran again inside {event}'s invocation.",
            name=name,
            event=event,
        )
    causes = [
        make_cause(
            index,
            invocation.start_record,
            tr(
                again,
                phases=phases,
                length=span(invocation.reinit_us or 0),
                timeout=timeout,
                event=event,
                budget=budget,
            ),
            also=("FAIL-05a", "INIT-09" if on_demand else "INIT-10"),
        ),
        make_cause(
            index,
            reset,
            tr(
                "The reset ended the runtime: globals lost, /tmp kept ({tmp_mb} MB).",
                tmp_mb=life.tmp_mb,
            ),
            also=("FAIL-03", "FAIL-04"),
        ),
        *(reset_cause if first_time else reset_cause[:-1]),
    ]
    if not first_time:
        causes += chain_from(index, invocation.arrival_record)
    return answer, causes
