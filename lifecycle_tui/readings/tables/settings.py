"""The row ``cfg`` and the table ``functions``: how functions are configured at a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import Draws, init_script
from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.engine.worktime import WorkTime
from lifecycle_tui.expressions.values import Row, Table, Value
from lifecycle_tui.readings.configured import configured_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.tables.fields import Field, Info, ms
from lifecycle_tui.readings.versions import versions_at

_MEDIAN: Final = 0.5


class InitTimes(NamedTuple):
    """How long the parts of a function's Init take; the medians where they vary."""

    extensions_us: int
    runtime_us: int
    function_us: int
    total_us: int


class _Medians(Draws):
    """Draws of work times that are always the median."""

    def __init__(self) -> None:
        pass

    def time(self, work: WorkTime, name: str) -> int:  # noqa: ARG002 - as the engine's draws
        """Return the median of a work time in microseconds."""
        return work.at(_MEDIAN)


def init_times(plan: FunctionPlan) -> InitTimes:
    """Return how long a function's Init takes, connecting to downstreams aside."""
    script = init_script(plan, _Medians(), 0)
    moments = {kind: time_us for time_us, kind, _ in reversed(script.steps)}
    runtime_us = moments.get(Kind.RUNTIME_INIT_STARTED, script.ends_us)
    function_us = moments.get(Kind.FUNCTION_INIT_STARTED, script.ends_us)
    ready_us = moments.get(Kind.RUNTIME_READY, script.ends_us)
    return InitTimes(runtime_us, function_us - runtime_us, ready_us - function_us, script.ends_us)


class Configuration:
    """A function's configuration, looked up when it is asked for."""

    def __init__(self, plan: Callable[[], FunctionPlan], version: Callable[[], int]) -> None:
        self._plan = plan
        self._version = version

    @cached_property
    def plan(self) -> FunctionPlan:
        """The function as it is configured."""
        return self._plan()

    @property
    def version(self) -> int:
        """The newest version that gets events."""
        return self._version()

    @cached_property
    def init(self) -> InitTimes:
        """How long its Init takes."""
        return init_times(self.plan)


def _median_ms(work: WorkTime) -> Value:
    return ms(work.at(_MEDIAN))


CFG: Final = Info[Configuration](
    "cfg",
    "how the (first) function is configured; times that vary are given by their median",
    (
        Field("name", "text", "the function's name", lambda c: c.plan.name),
        Field("timeout", "ms", "the function timeout", lambda c: ms(c.plan.timeout_us)),
        Field("memory", "MB", "the memory", lambda c: c.plan.memory_mb),
        Field("pc", "number", "provisioned concurrency", lambda c: c.plan.provisioned_concurrency),
        Field("rc", "number", "reserved concurrency; none where nothing is reserved",
              lambda c: c.plan.reserved_concurrency),
        Field("init_total", "ms", "Init as a whole, connecting to downstreams aside",
              lambda c: ms(c.init.total_us)),
        Field("init_extensions", "ms", "its extension init: until all have registered",
              lambda c: ms(c.init.extensions_us)),
        Field("init_runtime", "ms", "its runtime init", lambda c: ms(c.init.runtime_us)),
        Field("init_function", "ms", "its function init: the code outside the handler",
              lambda c: ms(c.init.function_us)),
        Field("init_outcome", "text", "how Init ends: ok, error, exit or oom",
              lambda c: c.plan.init_outcome.value),
        Field("handler", "ms", "the handler", lambda c: _median_ms(c.plan.handler_time)),
        Field("outcome", "text", "how the handler ends: ok, error, exit or oom",
              lambda c: c.plan.handler_outcome.value),
        Field("background", "ms", "work that the handler leaves running",
              lambda c: _median_ms(c.plan.handler_background)),
        Field("extensions", "number", "how many extensions there are",
              lambda c: len(c.plan.extensions)),
        Field("tail", "ms", "from the runtime's Next to the last extension's",
              lambda c: ms(max((e.tail.at(_MEDIAN) for e in c.plan.extensions), default=0))),
        Field("snapstart", "yes/no", "whether SnapStart is on", lambda c: c.plan.snap_start),
        Field("storage", "MB", "ephemeral storage", lambda c: c.plan.ephemeral_storage_mb),
        Field("runtime", "text", "the runtime, as python3.13", lambda c: c.plan.runtime),
        Field("package", "text", "zip or image", lambda c: c.plan.package),
        Field("architecture", "text", "x86_64 or arm64", lambda c: c.plan.architecture),
        Field("version", "number", "the newest code version that gets events",
              lambda c: c.version),
    ),
    many=False,
    key="name",
)  # fmt: skip
FUNCTIONS: Final = CFG._replace(
    name="functions",
    about="one row for each function, with the fields of `cfg`: `functions['web-api'].timeout`",
    many=True,
)
_READERS: Final = CFG.readers


def configuration_row(plan: FunctionPlan) -> Row:
    """Return ``cfg`` of a function before anything has run."""
    return Row(_READERS, Configuration(lambda: plan, lambda: 1))


def configured_row(index: Index, number: int, at_us: int) -> Row:
    """Return ``cfg`` of a function at a moment."""
    configuration = Configuration(
        lambda: configured_at(index.plan, index, number, at_us),
        lambda: versions_at(index, number, at_us).newest,
    )
    return Row(_READERS, configuration)


def functions_table(index: Index, at_us: int) -> Table:
    """Return ``functions`` at a moment."""

    def rows() -> list[Row]:
        return [configured_row(index, n, at_us) for n in range(len(index.plan.functions))]

    return Table(_READERS, rows, FUNCTIONS.key)
