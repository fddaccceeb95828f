"""A run in one dictionary: the contract's ``summary``, from the tally or from the trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lifecycle_tui.engine.kinds import DROPS, SCALED, Kind
from lifecycle_tui.engine.plan import FunctionPlan, InitializationType, Plan, Provision, SetConfig
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.tally import Latencies, Tally
from lifecycle_tui.readings.billing import (
    FREE_EPHEMERAL_MB,
    PROVISIONED_ROUND_US,
    Usage,
    cost,
    gb_seconds,
    whole_ms,
)
from lifecycle_tui.readings.concurrency import levels
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.model import Start
from lifecycle_tui.readings.snapshots import snapstart_usage, snapstart_usages

_DROPS: Final = frozenset(int(kind) for kind in (*DROPS, Kind.REDRIVEN))

_SCALED: Final = frozenset(int(kind) for kind in SCALED)

INIT_ENDS: Final = frozenset(
    {
        Kind.INIT_FINISHED,
        Kind.INIT_ABANDONED,
        Kind.INIT_ERROR,
        Kind.INIT_EXIT,
        Kind.INIT_OOM,
        Kind.INIT_CRASHED,
    }
)
"""How a first Init ends, well or badly."""

Summary = dict[str, object]
"""The contract's ``summary``: names and meanings as documented there, in that order."""


def summary_of_tally(tally: Tally, plan: Plan, ended_us: int) -> Summary:
    """Return the summary of a run from its totals alone.

    Args:
        tally: what the engine counted.
        plan: what was run.
        ended_us: when the run ended: provisioned concurrency is charged until then.
    """
    usages = [
        _usage(
            bill.plan,
            requests=bill.requests + bill.provisioned_requests,
            on_demand_ms=bill.billed_ms,
            provisioned_duration_ms=bill.provisioned_billed_ms,
            provisioned_init_ms=bill.provisioned_init_ms,
        )
        for bill in tally.bills
    ]
    usages += [
        snapstart_usage(bill.plan, bill.snapshot_us, bill.restores, ended_us)
        for bill in tally.bills
    ]
    return _summary(tally, [*usages, *provisioned_usages(plan, ended_us, tally.autoscaled)])


def summary_of(index: Index) -> Summary:
    """Return the summary of a run, counted again from its trace."""
    tally = Tally(events=len(index.events))
    usages: list[Usage] = []
    for invocation in invocations(index):
        if invocation.status == "throttled":
            tally.throttles += 1
        if invocation.start is None:
            tally.errors += invocation.status == "error"
            continue
        _count_start(tally, invocation.start)
        tally.spillovers += invocation.spillover
        if invocation.ended_us is None or invocation.billed_ms is None:
            continue
        tally.errors += invocation.status == "error"
        tally.timeouts += invocation.status == "timeout"
        answered_us = invocation.responded_us
        if answered_us is None:
            answered_us = invocation.ended_us
        tally.latencies.recent.append(answered_us - invocation.arrived_us)
        provisioned = invocation.initialization_type is InitializationType.PROVISIONED
        tally.provisioned_invocations += provisioned
        usages.append(
            _usage(
                index.trace.environments[invocation.environment].plan,
                requests=1,
                on_demand_ms=0 if provisioned else invocation.billed_ms,
                provisioned_duration_ms=invocation.billed_ms if provisioned else 0,
            )
        )
    tally.dropped = sum(1 for code in index.codes if code & 0xFF in _DROPS)
    usages += [*provisioned_inits(index), *snapstart_usages(index)]
    tally.peak_concurrency = max(levels(index))
    tally.environments_created = len(index.of_environment)
    tally.environments_gone = sum(
        1
        for records in index.of_environment
        if records and index.state_after(records[-1]) is State.GONE
    )
    scaled = autoscaled(index)
    return _summary(tally, [*usages, *provisioned_usages(index.plan, index.ended_us, scaled)])


def autoscaled(index: Index) -> list[tuple[int, int, int]]:
    """Return when auto scaling set provisioned concurrency, of which function, and to what."""
    return [
        (index.times[record], index.subjects[record], index.values[record])
        for record, code in enumerate(index.codes)
        if code & 0xFF in _SCALED
    ]


def provisioned_inits(index: Index) -> list[Usage]:
    """Return what the Inits of provisioned environments run up, events or none (BIL-08)."""
    found: list[Usage] = []
    for facts in index.trace.environments:
        if facts.initialization_type is not InitializationType.PROVISIONED:
            continue
        began_us = 0
        for record in index.of_environment[facts.number]:
            kind = index.kind(record)
            if kind is Kind.INIT_STARTED:
                began_us = index.times[record]
            elif kind in INIT_ENDS:
                init_ms = whole_ms(index.times[record] - began_us)
                found.append(_usage(facts.plan, provisioned_init_ms=init_ms))
                break
    return found


def provisioned_usages(
    plan: Plan, ended_us: int, scaled: Iterable[tuple[int, int, int]] = ()
) -> list[Usage]:
    """Return what configured provisioned concurrency runs up until the run ends (BIL-09).

    Args:
        plan: what was run.
        ended_us: when the run ended.
        scaled: what auto scaling did: time, function, new number.
    """
    return [
        _provisioned(
            function, units, (ended_us if until_us is None else min(until_us, ended_us)) - began_us
        )
        for function, units, began_us, until_us in provisioned_stretches(plan, scaled)
        if began_us <= ended_us
    ]


def provisioned_stretches(
    plan: Plan, scaled: Iterable[tuple[int, int, int]] = ()
) -> Iterator[tuple[FunctionPlan, int, int, int | None]]:
    """Yield which function has how much provisioned concurrency, from when until when (None: on).

    What was asked for last is given up first. ``scaled`` is what auto scaling did: time, function,
    new number.
    """
    by_itself = list(scaled)
    for number, function in enumerate(plan.functions):
        open_since: list[tuple[int, int]] = []
        configured = 0
        for at_us, count in [
            (0, function.provisioned_concurrency),
            *_counts(plan, number, by_itself),
        ]:
            if count > configured:
                open_since.append((at_us, count - configured))
            surplus = configured - count
            while surplus > 0:
                began_us, units = open_since.pop()
                ended = min(units, surplus)
                yield function, ended, began_us, at_us
                if units > ended:
                    open_since.append((began_us, units - ended))
                surplus -= ended
            configured = count
        for began_us, units in open_since:
            yield function, units, began_us, None


def _counts(plan: Plan, function: int, scaled: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return when a function's provisioned concurrency was set, and to what."""
    # At one instant the engine looks at the clock before it executes commands.
    found = [(at_us, count) for at_us, whose, count in scaled if whose == function]
    for command in plan.commands:
        if isinstance(command, Provision) and command.function == function:
            found.append((command.at_us, command.count))
        elif isinstance(command, SetConfig) and command.function == function:
            count = dict(command.changes).get("provisioned_concurrency")
            if isinstance(count, int):
                found.append((command.at_us, count))
    return sorted(found, key=lambda step: step[0])


def _provisioned(function: FunctionPlan, units: int, length_us: int) -> Usage:
    rounded_us = -(-length_us // PROVISIONED_ROUND_US) * PROVISIONED_ROUND_US
    return Usage(
        function.architecture, function.memory_mb, provisioned_ms=units * (rounded_us // 1_000)
    )


def _usage(
    plan: FunctionPlan,
    *,
    requests: int = 0,
    on_demand_ms: int = 0,
    provisioned_duration_ms: int = 0,
    provisioned_init_ms: int = 0,
) -> Usage:
    extra_mb = max(0, plan.ephemeral_storage_mb - FREE_EPHEMERAL_MB)
    return Usage(
        plan.architecture,
        plan.memory_mb,
        requests=requests,
        on_demand_ms=on_demand_ms,
        provisioned_duration_ms=provisioned_duration_ms,
        storage_mb_ms=extra_mb * (on_demand_ms + provisioned_duration_ms + provisioned_init_ms),
        provisioned_init_ms=provisioned_init_ms,
    )


def _count_start(tally: Tally, start: Start) -> None:
    if start is Start.COLD:
        tally.cold += 1
    elif start is Start.WARM:
        tally.warm += 1
    elif start is Start.PRE:
        tally.pre += 1
    elif start is Start.RESTORED:
        tally.restored += 1
    else:
        tally.reinit += 1


def _merged(usages: Iterable[Usage]) -> list[Usage]:
    """Add usages of the same price and size, in integers, so that any grouping costs the same."""
    sums: dict[tuple[str, int], list[int]] = {}
    for usage in usages:
        total = sums.setdefault((usage.architecture, usage.memory_mb), [0] * 8)
        parts = (
            usage.requests,
            usage.on_demand_ms,
            usage.provisioned_duration_ms,
            usage.provisioned_ms,
            usage.storage_mb_ms,
            usage.provisioned_init_ms,
            usage.snapshot_ms,
            usage.restores,
        )
        for place, part in enumerate(parts):
            total[place] += part
    return [Usage(*key, *total) for key, total in sorted(sums.items())]


def _summary(tally: Tally, usages: Iterable[Usage]) -> Summary:
    merged = _merged(usages)
    mb_ms = sum(
        (usage.on_demand_ms + usage.provisioned_duration_ms) * usage.memory_mb for usage in merged
    )
    return {
        "events": tally.events,
        "invocations": tally.invocations,
        "cold_starts": tally.cold,
        "warm_starts": tally.warm,
        "pre_starts": tally.pre,
        "restored_starts": tally.restored,
        "reinits": tally.reinit,
        "provisioned_invocations": tally.provisioned_invocations,
        "spillovers": tally.spillovers,
        "throttles": tally.throttles,
        "errors": tally.errors,
        "timeouts": tally.timeouts,
        "dropped": tally.dropped,
        "peak_concurrency": tally.peak_concurrency,
        "environments_created": tally.environments_created,
        "environments_gone": tally.environments_gone,
        "billed_ms": sum(usage.on_demand_ms + usage.provisioned_duration_ms for usage in merged),
        "gb_seconds": gb_seconds(mb_ms, 1),
        "cost_usd": round(cost(merged).total_usd, 12),
        "latency_ms": latency_ms(tally.latencies),
    }


def latency_ms(latencies: Latencies) -> dict[str, float]:
    """Return nearest-rank percentiles of the time from arrival to answer, in milliseconds."""
    return {
        "p50": latencies.quantile_us(0.50) / 1_000,
        "p90": latencies.quantile_us(0.90) / 1_000,
        "p99": latencies.quantile_us(0.99) / 1_000,
        "max": latencies.maximum_us / 1_000,
    }
