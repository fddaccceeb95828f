"""Declared sources of a file: queues, streams, gateways and state machines, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.plan import MINUTE, SECOND, FunctionPlan
from lifecycle_tui.engine.source_plan import (
    GATEWAY_TIMEOUT_US,
    AnySource,
    PollersPlan,
    QueuePlan,
    RetryPlan,
    SourceKind,
    SourcePlan,
    StreamPlan,
)
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.fields import Fields, Reader, UnfitError
from lifecycle_tui.scenario.nodes import Node, Sequence, describe
from lifecycle_tui.scenario.problems import did_you_mean
from lifecycle_tui.units.durations import print_duration
from lifecycle_tui.units.text import clean, quote

KINDS: Final = tuple(kind.value for kind in SourceKind)
MOST_SOURCES: Final = 100
MOST_ERRORS: Final = 20
_COMMON: Final = ("type", "function")
_QUEUE: Final = (
    *_COMMON, "fifo", "message_groups", "batch_size", "batch_window", "visibility_timeout",
    "max_receive_count", "dead_letter", "maximum_concurrency", "report_batch_item_failures",
    "retention", "pollers",
)  # fmt: skip
_POLLERS: Final = ("minimum", "maximum")
_STREAM: Final = (
    *_COMMON, "shards", "parallelization_factor", "batch_size", "batch_window",
    "maximum_retry_attempts", "maximum_record_age", "bisect_on_error", "on_failure", "retention",
)  # fmt: skip
_KEYS: Final = {
    SourceKind.SQS: _QUEUE,
    SourceKind.KINESIS: _STREAM,
    SourceKind.DYNAMODB_STREAMS: _STREAM,
    SourceKind.API_GATEWAY: (*_COMMON, "timeout"),
    SourceKind.STEP_FUNCTIONS: (*_COMMON, "retry", "catch"),
}
_RETRY: Final = ("errors", "interval", "max_attempts", "backoff")
_NO_WINDOW_ABOVE: Final = 10
"""A batch of more messages of a standard queue needs a window (ESM-04)."""

FindFunction = Callable[[Fields], int | None]


def read_sources(
    top: Fields, plans: list[FunctionPlan], find_function: FindFunction
) -> tuple[AnySource, ...]:
    """Return the sources that a file declares.

    Args:
        top: the whole file.
        plans: its functions as they are configured at the start.
        find_function: finds the function that some fields name.
    """
    if "sources" not in top:
        return ()
    sources = top.inner("sources", None)
    if len(sources.keys) > MOST_SOURCES:
        top.refuse("sources", f"{len(sources.keys):,} sources; at most {MOST_SOURCES}")
        return ()
    found: list[AnySource] = []
    for name in sources.keys:
        if not readers.is_name(name) or name in KINDS:
            why = "is a kind of source" if name in KINDS else f"is not {readers.NAME_EXPECTED}"
            top.problems.add(sources.where_key(name), f"sources: {quote(name, 64)} {why}")
        made = _source(sources.inner(name, None), clean(name, 64), plans, find_function)
        if made is not None:
            found.append(made)
    return tuple(found)


def _source(
    fields: Fields, name: str, plans: list[FunctionPlan], find_function: FindFunction
) -> AnySource | None:
    written = fields.require("type", readers.word(KINDS), "")
    function = find_function(fields)
    if not written or function is None:
        return None
    kind = SourceKind(written)
    allowed = _KEYS.get(kind, _COMMON)
    for key in fields.keys:
        if key not in allowed:
            hint = did_you_mean(key, allowed)
            place = fields.where_key(key)
            fields.problems.add(place, f"{fields.path}: unknown key {quote(key)}{hint}")
    if kind is SourceKind.SQS:
        return _queue(fields, name, function, plans[function])
    if allowed is _STREAM:
        return _stream(fields, name, kind, function)
    return _caller(fields, name, kind, function)


def _caller(fields: Fields, name: str, kind: SourceKind, function: int) -> SourcePlan:
    if kind is SourceKind.API_GATEWAY:
        gives_up_us = fields.read("timeout", readers.duration, GATEWAY_TIMEOUT_US)
        return SourcePlan(name, kind, function, gives_up_us)
    retries = tuple(
        _retrier(Fields(node, fields.problems, f"{fields.path}.retry[{place}]", _RETRY))
        for place, node in enumerate(fields.items("retry"))
    )
    nothing: tuple[str, ...] = ()
    catches = fields.read("catch", _errors, nothing)
    return SourcePlan(name, kind, function, retries=retries, catches=catches)


def _retrier(fields: Fields) -> RetryPlan:
    default = RetryPlan(("States.ALL",))
    return RetryPlan(
        errors=fields.read("errors", _errors, default.errors),
        interval_us=fields.read("interval", _interval, default.interval_us),
        max_attempts=fields.read("max_attempts", readers.integer(0, 1_000), default.max_attempts),
        backoff=fields.read("backoff", readers.number(1.0, 100.0), default.backoff),
    )


def _errors(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence) or not 1 <= len(node.items) <= MOST_ERRORS:
        raise UnfitError(f"found {describe(node)}; expected a list such as [States.ALL]")
    return tuple(readers.text(128)(item) for item in node.items)


def _interval(node: Node) -> int:
    interval_us = readers.duration(node)
    if interval_us < SECOND:
        raise UnfitError("a retry waits at least 1s")
    return interval_us


def _window(node: Node) -> int:
    window_us = readers.duration(node)
    if window_us > 5 * MINUTE or window_us % SECOND:
        raise UnfitError("AWS accepts a batch window of whole seconds from 0s to 300s")
    return window_us


def _queue(fields: Fields, name: str, function: int, plan: FunctionPlan) -> QueuePlan:
    default = QueuePlan(name)
    fifo = fields.read("fifo", readers.boolean, False)
    size = fields.read("batch_size", readers.integer(1, 10 if fifo else 10_000), 10)
    window_us = fields.read("batch_window", _window, 0)
    if fifo and window_us:
        fields.refuse("batch_window", "AWS has no batch window for FIFO queues")
    if size > _NO_WINDOW_ABOVE and not window_us:
        fields.refuse("batch_size", "above 10, AWS asks for a batch_window of at least 1s")
    visibility_us = fields.read("visibility_timeout", readers.duration, default.visibility_us)
    if visibility_us < plan.timeout_us:
        fields.refuse(
            "visibility_timeout",
            f"{print_duration(visibility_us)} is shorter than the timeout of {plan.name},"
            f" {print_duration(plan.timeout_us)}; AWS refuses that, and advises six times the"
            f" timeout: visibility_timeout: {print_duration(6 * plan.timeout_us)}",
        )
    receives = readers.optional(readers.integer(1, 1_000))
    most = readers.optional(readers.integer(2, 1_000))
    max_receives = fields.read("max_receive_count", receives, default.max_receives)
    concurrency = fields.read("maximum_concurrency", most, None)
    dead_letter = fields.read("dead_letter", _target, None)
    if dead_letter is not None and max_receives is None:
        max_receives = 5
    return QueuePlan(
        name=name,
        function=function,
        fifo=fifo,
        groups=fields.read("message_groups", readers.integer(1, 10_000), 1),
        batch_size=size,
        window_us=window_us,
        visibility_us=visibility_us,
        max_receives=max_receives,
        dead_letter=dead_letter,
        maximum_concurrency=concurrency,
        report_item_failures=fields.read("report_batch_item_failures", readers.boolean, False),
        retention_us=fields.read("retention", readers.duration, default.retention_us),
        pollers=_pollers(fields, concurrency),
    )


def _pollers(fields: Fields, concurrency: int | None) -> PollersPlan | None:
    """Return the event pollers of provisioned mode; None where the file sets none."""
    if "pollers" not in fields:
        return None
    if concurrency is not None:
        fields.refuse(
            "pollers", "AWS takes no maximum_concurrency together with pollers; leave one out"
        )
    inner = fields.inner("pollers", _POLLERS)
    default = PollersPlan()
    minimum = inner.read("minimum", readers.integer(2, 200), default.minimum)
    maximum = inner.read("maximum", readers.integer(2, 10_000), default.maximum)
    if maximum < minimum:
        inner.refuse("maximum", f"is less than the minimum of {minimum}")
    return PollersPlan(minimum, maximum)


def _stream(fields: Fields, name: str, kind: SourceKind, function: int) -> StreamPlan:
    default = StreamPlan(name)
    attempts: Reader[int | None] = readers.optional(readers.integer(0, 10_000))
    return StreamPlan(
        name=name,
        kind=kind,
        function=function,
        shards=fields.read("shards", readers.integer(1, 1_000), default.shards),
        parallelization=fields.read("parallelization_factor", readers.integer(1, 10), 1),
        batch_size=fields.read("batch_size", readers.integer(1, 10_000), default.batch_size),
        window_us=fields.read("batch_window", _window, 0),
        max_attempts=fields.read("maximum_retry_attempts", attempts, None),
        max_age_us=fields.read("maximum_record_age", readers.optional(readers.duration), None),
        bisect=fields.read("bisect_on_error", readers.boolean, False),
        on_failure=fields.read("on_failure", _target, None),
        retention_us=fields.read("retention", readers.duration, default.retention_us),
    )


_target: Final = readers.optional(readers.text(256))
