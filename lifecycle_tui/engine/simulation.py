"""The façade: a plan goes in, a run comes out.

The loop takes whatever is next, from the agenda (what follows from the past) or from the inputs
(what is done from outside). At one instant the agenda comes first, so completions free their
environment before arrivals are placed.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace
from typing import Final

from lifecycle_tui.engine.agenda import END, GLANCE, REAP, STEP
from lifecycle_tui.engine.commands import Executor
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.lifecycle import Lifecycle
from lifecycle_tui.engine.placement import Placement
from lifecycle_tui.engine.plan import Command, Plan
from lifecycle_tui.engine.provisioning import Provisioning
from lifecycle_tui.engine.restores import Restores
from lifecycle_tui.engine.snapstart import Publishing
from lifecycle_tui.engine.sources.arrivals import Feed
from lifecycle_tui.engine.sources.desk import Desk, Place
from lifecycle_tui.engine.sources.registry import Sources
from lifecycle_tui.engine.tally import Tally
from lifecycle_tui.engine.trace import NOBODY, Trace
from lifecycle_tui.engine.versions import Alias, shares_events
from lifecycle_tui.engine.world import World

_FOREVER: Final = 1 << 62
_FOLD_EVERY: Final = 0x1FFF


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a plan."""

    plan: Plan
    trace: Trace | None
    tally: Tally
    ended_us: int


def run(plan: Plan, *, keep_trace: bool = True) -> Run:
    """Simulate a plan to its end.

    Args:
        plan: what is there and what is done to it.
        keep_trace: False for totals only, in constant memory.

    Returns:
        The trace (None without one) and the totals.
    """
    return Simulation(plan, keep_trace=keep_trace).run()


class Simulation:
    """One run of one plan."""

    def __init__(self, plan: Plan, *, keep_trace: bool = True) -> None:
        self.plan = plan
        self.world = World(plan, keep_trace=keep_trace)
        self.lifecycle = Lifecycle(self.world)
        self.provisioning = Provisioning(self.world, self.lifecycle)
        Restores(self.world, self.lifecycle)
        self.placement = Placement(self.world, self.lifecycle)
        self.publishing = Publishing(self.world, self.lifecycle)
        self.place: Place = self.placement.place
        if shares_events(plan):
            self.place = Alias(self.world, self.place).place
        sources = Sources(Desk(self.world, self.place))
        self.executor = Executor(
            self.world, self.lifecycle, self.provisioning, self.publishing, sources
        )
        self._inputs: list[tuple[int, int, Feed | Command, int]] = [
            (command.at_us, order, command, 0) for order, command in enumerate(plan.commands)
        ]
        self._inputs.sort(key=lambda entry: entry[:2])

    def run(self) -> Run:
        """Run to the end and add up."""
        world = self.world
        lead_us = max(self.provisioning.lead_us(), self.publishing.lead_us())
        origin = world.note(-lead_us, Kind.SCENARIO_START)
        self.provisioning.at_start(origin, -lead_us)
        self.publishing.at_start(origin, -lead_us)
        self._begin_scaling(origin)
        ended_us = self._loop()
        if self.plan.until_us is not None:
            ended_us = self.plan.until_us
        world.note(ended_us, Kind.SCENARIO_END, cause=origin)
        world.close(ended_us)
        return Run(self.plan, world.trace, world.tally, ended_us)

    def _begin_scaling(self, origin: int) -> None:
        for function in self.world.functions:
            settings = function.revision.plan.autoscaling
            if settings is not None:
                # Few runs need it, and the first frame none.
                from lifecycle_tui.engine.autoscaling import Autoscaler

                Autoscaler(self.world, function, settings, self.executor.provide).begin(origin)

    # The loop is one visible whole: a call a branch would cost a tenth of the throughput.
    def _loop(self) -> int:  # noqa: C901
        world = self.world
        agenda, inputs = world.agenda, self._inputs
        entries = agenda.entries
        functions, tally = world.functions, world.tally
        latencies = tally.latencies
        lifecycle, place = self.lifecycle, self.place
        finish = self.placement.finish
        keys = world.keys
        add = world.trace.add if world.trace is not None else None
        until = _FOREVER if self.plan.until_us is None else self.plan.until_us
        arrival = int(Kind.ARRIVAL)
        now = event = 0
        while True:
            if entries and (not inputs or entries[0][0] <= inputs[0][0]):
                if entries[0][0] > until or (
                    not inputs and until == _FOREVER and not agenda.has_work
                ):
                    break
                now, ticket, subject, action = heappop(entries)
                if action == END:
                    if subject.ticket == ticket:
                        finish(subject, now)
                elif action == STEP:
                    if subject.ticket == ticket:
                        lifecycle.advance(subject, now)
                elif action == REAP:
                    agenda.reaps -= 1
                    lifecycle.reap(subject, now)
                else:
                    if action == GLANCE:
                        agenda.reaps -= 1
                    subject(now)
            elif inputs:
                at, order, feed, demand = inputs[0]
                if at > until:
                    break
                now = at
                if not isinstance(feed, Feed):
                    heappop(inputs)
                    begun = self.executor.execute(feed, order, now)
                    if begun is not None:
                        self._await(begun, order)
                    continue
                following = next(feed.arrivals, None)
                if following is None:
                    heappop(inputs)
                else:
                    heapreplace(inputs, (following[0], order, feed, following[1]))
                event += 1
                if keys is not None:
                    feed.key += 1
                    keys.append(feed.key)
                if not event & _FOLD_EVERY:
                    latencies.fold()
                source = feed.source
                if source is not None:
                    source.accept(now, event, demand, feed.outcome, feed.record)
                    continue
                record = NOBODY
                if add is not None:
                    record = add(now, arrival, NOBODY, event, feed.record, NOBODY, demand)
                place(functions[feed.function], now, event, demand, feed.outcome, record)
            else:
                break
        tally.events = event
        return max(now, 0)

    def _await(self, feed: Feed, order: int) -> None:
        first = next(feed.arrivals, None)
        if first is not None:
            heappush(self._inputs, (first[0], order, feed, first[1]))
