"""What a run has cost up to a moment, by the phase that the money went to.

What runs is charged as it runs, so that the bill grows while events do; the rounding up to whole
milliseconds (BIL-01, BIL-02) comes when an invocation ends. Once nothing is in flight, the parts
add up to exactly what the summary says. Prices are those of ``readings.prices``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from itertools import accumulate
from typing import Final, NamedTuple

from lifecycle_tui.engine import rules
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import FunctionPlan, InitializationType
from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.readings.billing import (
    EPHEMERAL_PRICE,
    FREE_EPHEMERAL_MB,
    PROVISIONED_DURATION_PRICE,
    PROVISIONED_PRICE,
    PROVISIONED_ROUND_US,
    REQUEST_PRICE,
    compute_usd,
    cost,
    whole_ms,
)
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import (
    batch_of,
    billed_of,
    shown_init_us,
    shown_restore_us,
)
from lifecycle_tui.readings.latencies import answers
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.readings.segments import segments
from lifecycle_tui.readings.snapshots import published_versions
from lifecycle_tui.readings.summary import INIT_ENDS, autoscaled, provisioned_stretches
from lifecycle_tui.units.translation import tr_later

MB_US_A_GB_S: Final = 1_024 * 1_000_000


class Part(StrEnum):
    """What the money went to."""

    INIT = tr_later("Init")
    REINIT = tr_later("Re-init")
    RESTORE = tr_later("Restore")
    HANDLER = tr_later("Handler")
    TAIL = tr_later("After response")
    """Runtime overhead and extension tail."""
    PROVISIONED = tr_later("Provisioned")
    """The fee for configured provisioned concurrency, used or not."""
    SNAPSTART = "SnapStart"
    """The fees for keeping snapshots and restoring from them (PRI-09, PRI-10)."""
    REQUESTS = tr_later("Requests")
    STORAGE = "/tmp > 512 MB"


DURATIONS: Final = (Part.INIT, Part.REINIT, Part.RESTORE, Part.HANDLER, Part.TAIL)
"""The parts that are billed by GB-second of duration."""

_PARTS: Final = {
    **dict.fromkeys(
        (Phase.REINIT_EXTENSION, Phase.REINIT_RUNTIME, Phase.REINIT_FUNCTION, Phase.REINIT_WAIT),
        Part.REINIT,
    ),
    Phase.HANDLER: Part.HANDLER,
    Phase.OVERHEAD: Part.TAIL,
    Phase.EXTENSION_TAIL: Part.TAIL,
}
"""By what runs inside Invoke."""

_PROVISIONED: Final = InitializationType.PROVISIONED


class Spent(NamedTuple):
    """One line of the bill: GB-seconds (requests: their number) and dollars."""

    part: Part
    amount: float
    usd: float


class Bill(NamedTuple):
    """What a run has cost up to a moment."""

    lines: tuple[Spent, ...]
    """One for each part, in their order."""
    gb_seconds: float
    """Of billed duration, on demand and on provisioned concurrency."""
    served: int
    """Events whose first attempt has begun."""
    p50_us: int | None
    p99_us: int | None
    """Latency of what has been answered; None before the first answer."""
    unbilled_init_us: int
    """Init that had come to its invocation and was free under the rules of the date."""
    provisioned_use: float | None
    """The share of the configured provisioned GB-seconds in which something ran; None: none."""

    @property
    def total_usd(self) -> float:
        """All lines together."""
        return sum(line.usd for line in self.lines)

    @property
    def per_thousand_usd(self) -> float | None:
        """What 1,000 events cost at this rate; None before the first."""
        return self.total_usd / self.served * 1_000 if self.served else None

    def share(self, *parts: Part) -> float:
        """Return the share of the bill that went to some parts, from 0 to 1."""
        total = self.total_usd
        wanted = sum(line.usd for line in self.lines if line.part in parts)
        return wanted / total if total else 0.0


class _Sums:
    """Weights at moments, added up: how much had come by a time."""

    __slots__ = ("_entries", "_times", "_weights", "_weights_us")

    def __init__(self) -> None:
        self._entries: list[tuple[int, int]] = []
        self._times: list[int] = []
        self._weights: list[int] = []
        self._weights_us: list[int] = []

    def add(self, time_us: int, weight: int) -> None:
        """Let a weight come at a time."""
        if weight:
            self._entries.append((time_us, weight))

    def close(self) -> None:
        """Sort and add up; nothing is added any more."""
        self._entries.sort()
        self._times = [entry[0] for entry in self._entries]
        self._weights = list(accumulate((w for _, w in self._entries), initial=0))
        self._weights_us = list(accumulate((t * w for t, w in self._entries), initial=0))

    def step(self, t_us: int) -> int:
        """Return the weight that has come by a time."""
        return self._weights[bisect_right(self._times, t_us)]

    def ramp(self, t_us: int) -> int:
        """Return each weight times the microseconds since it came, added up."""
        place = bisect_right(self._times, t_us)
        return t_us * self._weights[place] - self._weights_us[place]


class _Flow:
    """Megabytes over stretches of time, and single amounts: what has run up by a moment."""

    __slots__ = ("_begins", "_ends", "_single")

    def __init__(self) -> None:
        self._begins, self._ends, self._single = _Sums(), _Sums(), _Sums()

    def between(self, begin_us: int, end_us: int, mb: int) -> None:
        """Let megabytes be held from one time to another."""
        self._begins.add(begin_us, mb)
        self._ends.add(end_us, mb)

    def at_once(self, time_us: int, mb_us: int) -> None:
        """Let an amount come at one moment."""
        self._single.add(time_us, mb_us)

    def close(self) -> None:
        """Prepare for being asked."""
        for sums in (self._begins, self._ends, self._single):
            sums.close()

    def at(self, t_us: int) -> int:
        """Return the megabyte-microseconds by a time."""
        return self._begins.ramp(t_us) - self._ends.ramp(t_us) + self._single.step(t_us)


class Meter:
    """The tables of one run: every question at a moment is a few bisections."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._flows: dict[tuple[str, bool, Part], _Flow] = {}
        """By architecture, whether on provisioned concurrency, and part."""
        self._storage = _Flow()
        self._unbilled = _Sums()
        self._requests = _Sums()
        self._served: list[int] = []
        self._versions = list(published_versions(index))
        self._provisioned = list(provisioned_stretches(index.plan, autoscaled(index)))
        self._read()

    def at(self, t_us: int) -> Bill:
        """Return what the run has cost up to a moment."""
        gb_s = dict.fromkeys(DURATIONS, 0.0)
        usd = dict.fromkeys(DURATIONS, 0.0)
        prices = self._prices(t_us)
        used = 0.0
        for (architecture, provisioned, part), flow in self._flows.items():
            amount = flow.at(t_us) / MB_US_A_GB_S
            gb_s[part] += amount
            usd[part] += amount * prices[architecture, provisioned]
            if provisioned and part is not Part.INIT:
                used += amount
        storage = self._storage.at(t_us) / MB_US_A_GB_S
        configured, fee, rounded = self._fee(t_us)
        requests = self._requests.step(t_us)
        p50_us, p99_us = answers(self._index).quantiles_us(t_us, 0.5, 0.99)
        inits = sum(
            flow.at(t_us)
            for (_, provisioned, part), flow in self._flows.items()
            if provisioned and part is Part.INIT
        )
        return Bill(
            lines=(
                *(Spent(part, gb_s[part], usd[part]) for part in DURATIONS),
                Spent(Part.PROVISIONED, rounded, fee),
                self._snapstart(t_us),
                Spent(Part.REQUESTS, requests, requests * REQUEST_PRICE),
                Spent(Part.STORAGE, storage, storage * EPHEMERAL_PRICE),
            ),
            gb_seconds=sum(gb_s.values()) - inits / MB_US_A_GB_S,
            served=bisect_right(self._served, t_us),
            p50_us=p50_us,
            p99_us=p99_us,
            unbilled_init_us=self._unbilled.step(t_us),
            provisioned_use=used / configured if configured else None,
        )

    def _prices(self, t_us: int) -> dict[tuple[str, bool], float]:
        """Return dollars a GB-second by architecture and kind, the month's tiers included."""
        found: dict[tuple[str, bool], float] = {}
        for architecture, price in PROVISIONED_DURATION_PRICE.items():
            total = sum(
                flow.at(t_us)
                for (name, provisioned, _), flow in self._flows.items()
                if name == architecture and not provisioned
            )
            gb_s = total / MB_US_A_GB_S
            found[architecture, False] = compute_usd(gb_s, architecture) / gb_s if gb_s else 0.0
            found[architecture, True] = price
        return found

    def _fee(self, t_us: int) -> tuple[float, float, float]:
        """Return configured GB-seconds, and the dollars and GB-seconds in whole five minutes."""
        configured = fee = rounded = 0.0
        for function, units, began_us, ended_us in self._provisioned:
            if began_us > t_us:
                continue
            length_us = (t_us if ended_us is None else min(ended_us, t_us)) - began_us
            whole_us = -(-length_us // PROVISIONED_ROUND_US) * PROVISIONED_ROUND_US
            configured += length_us * units * function.memory_mb / MB_US_A_GB_S
            amount = whole_us * units * function.memory_mb / MB_US_A_GB_S
            rounded += amount
            fee += amount * PROVISIONED_PRICE[function.architecture]
        return configured, fee, rounded

    def _snapstart(self, t_us: int) -> Spent:
        """Return what the versions published by now have cost, three hours of each at least."""
        amount = usd = 0.0
        for version in self._versions:
            if version.taken_us <= t_us:
                usage = version.usage(t_us)
                amount += usage.snapshot_ms * usage.memory_mb / 1_024_000
                usd += cost((usage,)).snapstart_usd
        return Spent(Part.SNAPSTART, amount, usd)

    def _read(self) -> None:
        index = self._index
        for facts in index.trace.environments:
            provisioned = facts.initialization_type is _PROVISIONED
            for segment in segments(index, facts.number):
                part = _PARTS.get(segment.phase)
                if part is not None:
                    self._run(facts.plan, part, segment.start_us, segment.end_us, provisioned)
            if provisioned:
                self._provisioned_init(facts.number)
        for event, attempt in index.all_attempts():
            if attempt.start == NOBODY:
                continue
            self._requests.add(index.times[attempt.start], 1)
            if attempt.attempt == 1:
                carried = len(batch_of(index, event, attempt))
                self._served += [index.times[attempt.start]] * carried
            self._attempt(attempt.start, attempt.end)
        self._served.sort()
        for flow in (*self._flows.values(), self._storage):
            flow.close()
        self._unbilled.close()
        self._requests.close()

    def _attempt(self, start: int, end: int) -> None:
        """Charge the Init that comes with an invocation, and what rounding up adds at its end."""
        index = self._index
        facts = index.trace.environments[index.environments[start]]
        plan, provisioned = facts.plan, facts.initialization_type is _PROVISIONED
        init_us = shown_init_us(index, start) or 0
        billed = rules.init_billed(index.plan.rules_date, plan.package, plan.runtime)
        if init_us and not billed:
            self._unbilled.add(index.times[start], init_us)
            init_us = 0
        if init_us and index.kind(start) is Kind.INVOKE_COLD:
            began_us, ended_us = next(self._inits(facts.number))
            self._run(plan, Part.INIT, began_us, ended_us, provisioned)
        elif init_us:
            self._single(plan, Part.INIT, index.times[start], init_us, provisioned)
        if end == NOBODY:
            return
        end_us = index.times[end]
        duration_us = end_us - index.times[start]
        left_us = billed_of(index, start, end) * 1_000 - init_us - duration_us
        if shown_restore_us(index, start) is not None:
            rounding_us = whole_ms(duration_us) * 1_000 - duration_us
            self._single(plan, Part.RESTORE, end_us, left_us - rounding_us, provisioned)
            left_us = rounding_us
        self._single(plan, Part.HANDLER, end_us, left_us, provisioned)

    def _provisioned_init(self, environment: int) -> None:
        """Charge the Init of a provisioned environment, events or none (BIL-08)."""
        plan = self._index.trace.environments[environment].plan
        for began_us, ended_us in self._inits(environment):
            self._run(plan, Part.INIT, began_us, ended_us, provisioned=True)
            length_us = ended_us - began_us
            rounding_us = whole_ms(length_us) * 1_000 - length_us
            self._single(plan, Part.INIT, ended_us, rounding_us, provisioned=True)
            break

    def _inits(self, environment: int) -> Iterator[tuple[int, int]]:
        """Yield the Inits of an environment that have an end: when each began and ended."""
        index = self._index
        began_us = 0
        for record in index.of_environment[environment]:
            kind = index.kind(record)
            if kind is Kind.INIT_STARTED:
                began_us = index.times[record]
            elif kind in INIT_ENDS:
                yield began_us, index.times[record]

    def _flow(self, plan: FunctionPlan, part: Part, *, provisioned: bool) -> _Flow:
        return self._flows.setdefault((plan.architecture, provisioned, part), _Flow())

    def _run(
        self, plan: FunctionPlan, part: Part, begin_us: int, end_us: int, provisioned: bool
    ) -> None:
        flow = self._flow(plan, part, provisioned=provisioned)
        flow.between(begin_us, end_us, plan.memory_mb)
        self._storage.between(begin_us, end_us, _extra_mb(plan))

    def _single(
        self, plan: FunctionPlan, part: Part, time_us: int, length_us: int, provisioned: bool
    ) -> None:
        flow = self._flow(plan, part, provisioned=provisioned)
        flow.at_once(time_us, length_us * plan.memory_mb)
        self._storage.at_once(time_us, length_us * _extra_mb(plan))


def bill_at(index: Index, t_us: int) -> Bill:
    """Return what a run has cost up to a moment."""
    if index.meter is None:
        index.meter = Meter(index)
    return index.meter.at(t_us)


def _extra_mb(plan: FunctionPlan) -> int:
    return max(0, plan.ephemeral_storage_mb - FREE_EPHEMERAL_MB)
