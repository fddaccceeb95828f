"""The row ``run``: totals."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from lifecycle_tui.expressions.values import UNKNOWN, Row, Value
from lifecycle_tui.readings.concurrency import levels
from lifecycle_tui.readings.cost_at import Bill, bill_at
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.latencies import answers
from lifecycle_tui.readings.model import Counters
from lifecycle_tui.readings.tables.fields import Field, Info, ms


class Totals:
    """The whole run as it is seen from a moment."""

    def __init__(self, index: Index, at_us: int) -> None:
        self.index = index
        self.at_us = at_us

    @cached_property
    def counters(self) -> Counters:
        """The counters of the screen."""
        return counters_at(self.index, self.at_us)

    @cached_property
    def bill(self) -> Bill:
        """The bill of the screen."""
        return bill_at(self.index, self.at_us)

    def latency_ms(self, share: float) -> Value:
        """Return a percentile of the latency of all answers; unknown before the first."""
        (found,) = answers(self.index).quantiles_us(self.at_us, share)
        return UNKNOWN if found is None else ms(found)


def _created(totals: Totals) -> Value:
    index = totals.index
    return sum(
        bool(records) and index.times[records[0]] <= totals.at_us and not facts.makes_snapshot
        for records, facts in zip(index.of_environment, index.trace.environments, strict=True)
    )


RUN: Final = Info[Totals](
    "run",
    "totals of the run",
    (
        Field("now", "ms", "the moment that everything is told from",
              lambda r: ms(r.at_us)),
        Field("events", "number", "events sent", lambda r: r.counters.events),
        Field("cold", "number", "COLD starts", lambda r: r.counters.cold),
        Field("warm", "number", "WARM starts", lambda r: r.counters.warm),
        Field("pre", "number", "PRE starts", lambda r: r.counters.pre),
        Field("restored", "number", "RESTORED starts", lambda r: r.counters.restored),
        Field("reinit", "number", "RE-INIT starts", lambda r: r.counters.reinit),
        Field("throttled", "number", "attempts that were refused with 429",
              lambda r: r.counters.throttled),
        Field("errors", "number", "attempts that failed, timeouts aside",
              lambda r: r.counters.errors),
        Field("timeouts", "number", "attempts that timed out", lambda r: r.counters.timeouts),
        Field("dropped", "number", "events that Lambda or their source gave up",
              lambda r: r.counters.dropped),
        Field("in_flight", "number", "attempts that wait or run now",
              lambda r: r.counters.in_flight),
        Field("max_concurrency", "number", "the most that were in flight at once",
              lambda r: max(levels(r.index, r.at_us))),
        Field("envs", "number", "environments created, without those that a SnapStart snapshot"
              " was made of; `count(env)` and the summary of `simulate` have them too", _created),
        Field("alive", "number", "environments that exist now",
              lambda r: r.counters.environments),
        Field("billed_ms", "ms", "Billed Duration of what has ended, added up",
              lambda r: r.counters.billed_ms),
        Field("init_billed_ms", "ms", "the part of it that was Init",
              lambda r: r.counters.init_billed_ms),
        Field("gbs", "GB-s", "billed GB-seconds of what has ended",
              lambda r: r.counters.gb_seconds),
        Field("cost_usd", "USD", "the bill so far at list prices of us-east-1, without free tier",
              lambda r: r.bill.total_usd),
        Field("p50_ms", "ms", "the median latency", lambda r: r.latency_ms(0.5)),
        Field("p99_ms", "ms", "the 99th percentile of the latency", lambda r: r.latency_ms(0.99)),
        Field("seed", "number", "the seed", lambda r: r.index.plan.seed),
        Field("rules_date", "text", "the date whose rules hold", lambda r: r.index.plan.rules_date),
    ),
    many=False,
)  # fmt: skip
_READERS: Final = RUN.readers


def totals_row(index: Index, at_us: int) -> Row:
    """Return ``run`` as it is seen from a moment."""
    return Row(_READERS, Totals(index, at_us))
