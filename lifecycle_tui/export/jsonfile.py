"""A run as one JSON object: names, order and meaning are a public contract.

Times are milliseconds as numbers with microsecond precision, from the scenario's start.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.simulation import Run
from lifecycle_tui.readings.environments import EnvironmentRow, environment_rows
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.metrics import metrics
from lifecycle_tui.readings.model import Invocation
from lifecycle_tui.readings.summary import summary_of_tally

FORMAT: Final = 1


def json_chunks(run: Run) -> Iterator[str]:
    """Yield a run's JSON object in pieces, one invocation or environment a line.

    Without a trace the object has neither invocations, environments nor metrics.
    """
    head = {"format": FORMAT, "seed": run.plan.seed, "rules_date": run.plan.rules_date}
    yield _text(head)[:-1]
    yield f',\n "summary": {_text(summary_of_tally(run.tally, run.plan, run.ended_us))}'
    if run.trace is not None:
        index = Index(run.trace)
        rows = (invocation_object(run.plan, each) for each in invocations(index))
        yield from _list("invocations", rows)
        yield from _list(
            "environments", (environment_object(run.plan, each) for each in environment_rows(index))
        )
        yield f',\n "metrics": {_text(metrics(index))}'
    yield "}\n"


def invocation_object(plan: Plan, invocation: Invocation) -> dict[str, Any]:
    """Return one attempt as the contract has it."""
    return {
        "event": invocation.event,
        "attempt": invocation.attempt,
        "request_id": invocation.request_id,
        "function": plan.functions[invocation.function].name,
        "source": invocation.source,
        "type": invocation.type,
        "environment": f"e{invocation.environment + 1}" if invocation.environment >= 0 else None,
        "start": invocation.start,
        "initialization_type": invocation.initialization_type,
        "spillover": invocation.spillover,
        "status": invocation.status,
        "error_type": invocation.error_type,
        "arrived": ms(invocation.arrived_us),
        "started": ms(invocation.started_us),
        "responded": ms(invocation.responded_us),
        "ended": ms(invocation.ended_us),
        "init_ms": ms(invocation.init_us),
        "reinit_ms": ms(invocation.reinit_us),
        "restore_ms": ms(invocation.restore_us),
        "duration_ms": ms(invocation.duration_us),
        "billed_ms": invocation.billed_ms,
        "throttle_reason": invocation.throttle_reason,
        "sent": ms(invocation.sent_us),
        "batch": list(invocation.batch),
    }


def environment_object(plan: Plan, row: EnvironmentRow) -> dict[str, Any]:
    """Return one environment as the contract has it."""
    return {
        "id": row.id,
        "function": plan.functions[row.function].name,
        "initialization_type": row.initialization_type,
        "created": ms(row.created_us),
        "ready": ms(row.ready_us),
        "init": {
            "extension_ms": ms(row.extension_us),
            "runtime_ms": ms(row.runtime_us),
            "function_ms": ms(row.function_us),
        },
        "invocations": row.invocations,
        "resets": row.resets,
        "state": row.state.name,
        "gone": ms(row.gone_us),
        "gone_reason": row.gone_reason,
    }


def ms(time_us: int | None) -> float | None:
    """Return microseconds as milliseconds."""
    return None if time_us is None else time_us / 1_000


def _list(name: str, objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f',\n "{name}": ['
    separator = "\n  "
    for each in objects:
        yield f"{separator}{_text(each)}"
        separator = ",\n  "
    yield "]"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
