"""The settings that can be changed in place: how each is read, moved by notches and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan, FunctionPlan
from lifecycle_tui.engine.worktime import Constant, WorkTime, computing_us
from lifecycle_tui.play.session import TIMEOUTS_S
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr

Value = int | None

TIMES_MS: Final = (
    0, 10, 20, 50, 100, 200, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000, 11_000, 20_000, 60_000,
)  # fmt: skip
MEMORY_MB: Final = (128, 256, 512, 1_024, 1_769, 2_048, 3_008, 4_096, 6_144, 8_192, 10_240)
MOST_EXTENSIONS: Final = 3
MOST_PROVISIONED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: how to read it, its notches, how to write it into a configuration.

    Attributes:
        id: a name, also of the field of `FunctionPlan` it changes.
        title: what stands before it.
        read: its value in a configuration.
        notches: the values that arrows go through, ascending; None first where it may be unset.
        write: a configuration with another value.
        show: the value as text.
        changes: the fields of `FunctionPlan` it changes.
        keys: the keys that change it from anywhere; empty for none.
    """

    id: str
    title: str
    read: Callable[[FunctionPlan], Value]
    notches: tuple[Value, ...]
    write: Callable[[FunctionPlan, Value], FunctionPlan]
    show: Callable[[Value], str]
    changes: tuple[str, ...]
    keys: str = ""

    def moved(self, plan: FunctionPlan, direction: int) -> FunctionPlan:
        """Return the configuration with this field one notch on."""
        now = self.read(plan)
        ordered = [-1 if notch is None else notch for notch in self.notches]
        here = -1 if now is None else now
        later = [n for n in ordered if (n > here if direction > 0 else n < here)]
        if not later:
            return plan
        chosen = later[0] if direction > 0 else later[-1]
        return self.write(plan, None if chosen == -1 else chosen)


def mean_us(time: WorkTime) -> int:
    """Return the mean of a work time in whole microseconds."""
    return round(time.mean_us)


def function_init_us(plan: FunctionPlan) -> int:
    """Return how long the code outside the handler takes: what it computes is part of it."""
    return mean_us(plan.init_function) + _computing_us(plan)


def _computing_us(plan: FunctionPlan) -> int:
    return computing_us(mean_us(plan.init_cpu), plan.memory_mb)


def _with_function_init(plan: FunctionPlan, value: Value) -> FunctionPlan:
    # What it computes depends on the memory and stays; only the rest is set here.
    return replace(plan, init_function=Constant(max(0, (value or 0) - _computing_us(plan))))


def _ms(value: Value) -> str:
    return format_duration(value or 0)


def extension_init(plan: FunctionPlan) -> Value:
    """Return how long extensions hold the runtime's init up; None without any.

    They register side by side, so it is the slowest one's time. Internal ones live in the runtime
    and hold nothing up; being ready later than registered does not either.
    """
    if not plan.extensions:
        return None
    return max((mean_us(one.register) for one in plan.extensions if one.external), default=0)


def _with_extension_init(plan: FunctionPlan, value: Value) -> FunctionPlan:
    time = Constant(value or 0)

    def slower(one: ExtensionPlan) -> ExtensionPlan:
        ready = one.ready if one.ready.at(0.0) >= (value or 0) else time
        return replace(one, register=time, ready=ready)

    extensions = tuple(slower(one) if one.external else one for one in plan.extensions)
    return replace(plan, extensions=extensions)


def _with_extensions(plan: FunctionPlan, value: Value) -> FunctionPlan:
    kept = plan.extensions[: value or 0]
    names = {one.name for one in kept}
    fresh = (name for number in range(1, 9) if (name := f"ext-{number}") not in names)
    while len(kept) < (value or 0):
        time = Constant(40 * MS)
        kept += (ExtensionPlan(next(fresh), register=time, ready=time, shutdown=Constant(50 * MS)),)
    return replace(plan, extensions=kept)


_TIMES_US: Final = tuple(ms * MS for ms in TIMES_MS)

FIELDS: Final = (
    Field(
        "timeout_us", "timeout", lambda p: p.timeout_us,
        tuple(s * SECOND for s in TIMEOUTS_S),
        lambda p, v: replace(p, timeout_us=v or SECOND), _ms, ("timeout_us",),
        keys="t T",
    ),
    Field(
        "memory_mb", "memory", lambda p: p.memory_mb, MEMORY_MB,
        lambda p, v: replace(p, memory_mb=v or 128), lambda v: f"{v} MB", ("memory_mb",),
    ),
    Field(
        "provisioned_concurrency", "PC", lambda p: p.provisioned_concurrency,
        tuple(range(MOST_PROVISIONED + 1)),
        lambda p, v: replace(p, provisioned_concurrency=v or 0), str,
        ("provisioned_concurrency",), keys="v V",
    ),
    Field(
        "reserved_concurrency", "RC", lambda p: p.reserved_concurrency,
        (None, *range(MOST_PROVISIONED)),
        lambda p, v: replace(p, reserved_concurrency=v),
        lambda v: tr("none") if v is None else str(v), ("reserved_concurrency",),
    ),
    Field(
        "extensions", "extensions", lambda p: len(p.extensions),
        tuple(range(MOST_EXTENSIONS + 1)), _with_extensions, str, ("extensions",),
    ),
    Field(
        "extension_init", "E init", extension_init, _TIMES_US, _with_extension_init,
        lambda v: tr("none") if v is None else _ms(v), ("extensions",),
    ),
    Field(
        "init_runtime", "R init", lambda p: mean_us(p.init_runtime), _TIMES_US,
        lambda p, v: replace(p, init_runtime=Constant(v or 0)), _ms, ("init_runtime",),
    ),
    Field(
        "init_function", "F init", function_init_us, _TIMES_US, _with_function_init, _ms,
        ("init_function",),
    ),
    Field(
        "handler", "handler", lambda p: mean_us(p.handler_time), _TIMES_US[1:],
        lambda p, v: replace(p, handler=Constant(v or MS)), _ms, ("handler",),
    ),
)  # fmt: skip
"""Everything that can be changed in place."""


def differences(plan: FunctionPlan, draft: FunctionPlan) -> Mapping[str, object]:
    """Return the fields of `FunctionPlan` that a draft changes, with their new values."""
    names = dict.fromkeys(name for field in FIELDS for name in field.changes)
    return {
        name: getattr(draft, name) for name in names if getattr(draft, name) != getattr(plan, name)
    }


def changed(plan: FunctionPlan, draft: FunctionPlan) -> list[Field]:
    """Return the settings that differ between two configurations."""
    return [field for field in FIELDS if field.read(plan) != field.read(draft)]


def effects(
    plan: FunctionPlan, draft: FunctionPlan, effect: Callable[[str, bool], str]
) -> dict[str, str]:
    """Say which settings a draft changes, by when the change takes effect.

    Args:
        plan: the configuration as it stands.
        draft: the same with changes.
        effect: when a change of a field of `FunctionPlan` (and whether it is raised) takes effect.

    Returns:
        ``timeout 3 s → 5 s, memory 512 MB → 1024 MB`` and the like, by the words of ``effect``.
    """
    found: dict[str, list[str]] = {}
    for field in changed(plan, draft):
        before, after = field.read(plan), field.read(draft)
        when = effect(field.changes[0], (after or 0) >= (before or 0))
        change = f"{tr(field.title)} {field.show(before)} → {field.show(after)}"
        found.setdefault(when, []).append(change)
    return {when: ", ".join(changes) for when, changes in found.items()}


def said(effects: Mapping[str, str], width: int) -> str:
    """Say changes in a line; what follows a semicolon is left out where there is no room."""
    whole = " · ".join(f"{changes}: {when}" for when, changes in effects.items())
    if len(whole) <= width:
        return whole
    return " · ".join(f"{changes}: {when.partition(';')[0]}" for when, changes in effects.items())
