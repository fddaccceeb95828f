"""A function as it stands in a file: its keys, its presets, and what AWS refuses of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from lifecycle_tui import __version__
from lifecycle_tui.engine.plan import (
    HOUR,
    MINUTE,
    SECOND,
    ExtensionPlan,
    FunctionPlan,
    Outcome,
)
from lifecycle_tui.engine.source_plan import AsyncPlan
from lifecycle_tui.engine.worktime import ZERO, CpuAndWait, WorkTime
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.downstreams import Downstreams, read_uses
from lifecycle_tui.scenario.fields import Fields, Reader, UnfitError
from lifecycle_tui.scenario.nodes import Node, Sequence, describe
from lifecycle_tui.scenario.presets import UNMEASURED, preset, runtimes
from lifecycle_tui.scenario.problems import Place, Problems
from lifecycle_tui.scenario.scaling import read_autoscaling
from lifecycle_tui.scenario.snapstart import misfits

MOST_EXTENSIONS: Final = 10
"""INIT-04."""
MOST_CONCURRENCY: Final = 1_000_000
UNSUPPORTED: Final = f"is not simulated by this version ({__version__})"

_NO_TIME: Final[WorkTime] = ZERO

Given = dict[str, tuple[Any, Place]]
"""What a person wrote of a function: fields of FunctionPlan with their values and places."""

CPU: Final = "handler_cpu"
WAIT: Final = "handler_wait"
"""What is written instead of a handler's duration; both go into the field ``handler``."""
MOST_ZIP_MB: Final = 250
"""LIM-05."""

_PLAIN: Final[dict[str, tuple[str, Reader[Any]]]] = {
    "runtime": ("runtime", readers.word(runtimes())),
    "package": ("package", readers.word(["zip", "image"])),
    "architecture": ("architecture", readers.word(["x86_64", "arm64"])),
    "memory": ("memory_mb", readers.size(128, 10_240)),
    "timeout": ("timeout_us", readers.timeout),
    "ephemeral_storage": ("ephemeral_storage_mb", readers.size(512, 10_240)),
    "reserved_concurrency": (
        "reserved_concurrency",
        readers.optional(readers.integer(0, MOST_CONCURRENCY)),
    ),
    "provisioned_concurrency": ("provisioned_concurrency", readers.integer(0, MOST_CONCURRENCY)),
    "runtime_overhead": ("runtime_overhead", readers.work_time),
    "memory_used": ("memory_used_mb", readers.size(1, 10_240)),
    "memory_leak": ("memory_leak_mb", readers.size(0, 10_240)),
    "package_size": ("package_mb", readers.size(1, 10_240)),
    "snapstart": ("snap_start", readers.boolean),
}
_INIT: Final[dict[str, tuple[str, Reader[Any]]]] = {
    "runtime": ("init_runtime", readers.work_time),
    "function": ("init_function", readers.work_time),
    "cpu": ("init_cpu", readers.work_time),
    "outcome": ("init_outcome", readers.member(Outcome)),
    "connections": ("init_connections", readers.integer(0, 1_024)),
}
_HANDLER: Final[dict[str, tuple[str, Reader[Any]]]] = {
    "duration": ("handler", readers.work_time),
    "cpu": (CPU, readers.work_time),
    "wait": (WAIT, readers.work_time),
    "outcome": ("handler_outcome", readers.member(Outcome)),
    "tmp": ("handler_tmp_mb", readers.size(0, 10_240)),
    "background": ("handler_background", readers.work_time),
    "error_rate": ("handler_error_rate", readers.number(0.0, 1.0)),
}
_RESTORE: Final[dict[str, tuple[str, Reader[Any]]]] = {
    "snapshot": ("restore_snapshot", readers.work_time),
    "hooks": ("restore_hooks", readers.work_time),
    "renews_token": ("restore_renews_token", readers.boolean),
}
_NESTED: Final = {"init": _INIT, "restore": _RESTORE, "handler": _HANDLER}
_ASYNC: Final = ("max_retries", "max_age", "on_success", "on_failure", "dead_letter")
KEYS: Final = (*_PLAIN, *_NESTED, "uses", "extensions", "async", "autoscaling")
"""Every key that a function may have."""
KEY_OF: Final = {
    "asynchronous": "async",
    "autoscaling": "autoscaling",
    **{field: key for key, (field, _) in _PLAIN.items()},
    **{
        field: f"{outer}.{key}"
        for outer, table in _NESTED.items()
        for key, (field, _) in table.items()
    },
}
"""The key in a file of each field of FunctionPlan."""


def read_function(fields: Fields, downstreams: Downstreams) -> Given:
    """Read the keys that are there; problems are noted, and what is unfit is left out."""
    given = _read_table(fields, _PLAIN)
    for outer, table in _NESTED.items():
        if outer in fields:
            given |= _read_table(fields.inner(outer, table), table)
    if "handler" in given and given.keys() & {CPU, WAIT}:
        fields.refuse("handler", "has a duration, or cpu and wait, but not both")
    if "uses" in fields:
        given["uses"] = (read_uses(fields, downstreams), fields.where("uses"))
    if "extensions" in fields:
        given["extensions"] = (_extensions(fields), fields.where("extensions"))
    if "async" in fields:
        settings = _asynchronous(fields.inner("async", _ASYNC))
        given["asynchronous"] = (settings, fields.where("async"))
    if "autoscaling" in fields:
        given["autoscaling"] = (read_autoscaling(fields), fields.where("autoscaling"))
    return given


def merged(before: Given, now: Given) -> Given:
    """Return what is written of a function after a later setting of some keys.

    A duration replaces cpu and wait, and they replace it.
    """
    kept = dict(before)
    if "handler" in now:
        kept.pop(CPU, None)
        kept.pop(WAIT, None)
    if now.keys() & {CPU, WAIT}:
        kept.pop("handler", None)
    return {**kept, **now}


def complete(name: str, given: Given, place: Place, problems: Problems, path: str) -> FunctionPlan:
    """Return the function, with presets and defaults where nothing was written.

    Args:
        name: its name.
        given: what was written.
        place: where the function stands, for problems without a place of their own.
        problems: where what AWS would refuse is noted.
        path: how problems name the function.
    """
    values: dict[str, Any] = {field: value for field, (value, _) in given.items()}
    if values.keys() & {CPU, WAIT}:
        values["handler"] = CpuAndWait(values.pop(CPU, ZERO), values.pop(WAIT, ZERO))
    plan = replace(FunctionPlan(name), **values)
    measured = preset(plan.runtime, plan.package, plan.architecture)
    if "init_runtime" not in given and "init_function" not in given:
        if measured is not None:
            plan = replace(
                plan,
                init_runtime=measured.runtime_init,
                init_function=measured.function_init,
                init_measured=True,
            )
        elif plan.runtime in UNMEASURED:
            problems.add(
                given.get("runtime", (None, place))[1],
                f"{path}.runtime: nobody measured the init times of {plan.runtime};"
                " give them as init: {runtime: 200ms, function: 300ms}",
            )
    if plan.autoscaling is not None and "provisioned_concurrency" not in given:
        plan = replace(plan, provisioned_concurrency=plan.autoscaling.least)
    if "memory_used_mb" not in given and measured is not None:
        plan = replace(plan, memory_used_mb=measured.memory_used_mb)
    for field, message in [*_misfits(plan), *misfits(plan)]:
        where = given.get(field, (None, place))[1]
        problems.add(where, f"{path}.{KEY_OF[field]}: {message}")
    return plan


def _read_table(fields: Fields, table: dict[str, tuple[str, Reader[Any]]]) -> Given:
    given: Given = {}
    for key, (field, reader) in table.items():
        if key in fields:
            value = fields.read(key, reader, _UNFIT)
            if value is not _UNFIT:
                given[field] = (value, fields.where(key))
    return given


_UNFIT: Final = object()


def _misfits(plan: FunctionPlan) -> list[tuple[str, str]]:
    """Return what does not go together within one function, as (field, message)."""
    found = []
    if plan.package == "zip" and plan.package_mb > MOST_ZIP_MB:
        message = (
            f"{plan.package_mb:,} MB is more than the {MOST_ZIP_MB} MB that AWS allows a zip"
            " unpacked; package: image may have 10 GB"
        )
        found.append(("package_mb", message))
    if plan.handler_tmp_mb > plan.ephemeral_storage_mb:
        message = (
            f"{plan.handler_tmp_mb:,} MB in each invocation does not fit into"
            f" {plan.ephemeral_storage_mb:,} MB of ephemeral storage"
        )
        found.append(("handler_tmp_mb", message))
    scaling, count = plan.autoscaling, plan.provisioned_concurrency
    if scaling is not None and not scaling.least <= count <= scaling.most:
        message = (
            f"{count:,} is not between the limits of its auto scaling, {scaling.least:,} and"
            f" {scaling.most:,}"
        )
        found.append(("provisioned_concurrency", message))
    return found


def _extensions(fields: Fields) -> tuple[ExtensionPlan, ...]:
    nodes = fields.items("extensions")
    if len(nodes) > MOST_EXTENSIONS:
        fields.refuse(
            "extensions", f"{len(nodes)} extensions; AWS allows at most {MOST_EXTENSIONS}"
        )
        return ()
    found: list[ExtensionPlan] = []
    for index, node in enumerate(nodes):
        path = f"{fields.path}.extensions[{index}]"
        extension = _extension(Fields(node, fields.problems, path, _EXTENSION))
        if extension.name in {other.name for other in found}:
            fields.problems.add(node.place, f"{path}: a second extension '{extension.name}'")
        found.append(extension)
    return tuple(found)


_EXTENSION: Final = ("name", "type", "register", "ready", "tail", "shutdown", "events")


def _extension(fields: Fields) -> ExtensionPlan:
    name = fields.require("name", readers.name, fields.path)
    external = fields.read("type", readers.word(["external", "internal"]), "external") == "external"
    register = fields.read("register", readers.work_time, _NO_TIME)
    ready = fields.read("ready", readers.work_time, register)
    if any(ready.at(draw) < register.at(draw) for draw in (0.0, 0.5, 0.99)):
        fields.refuse(
            "ready", "is sooner than register; an extension asks for Next after it has registered"
        )
    events = fields.read("events", _events(external=external), ["INVOKE", "SHUTDOWN"])
    return ExtensionPlan(
        name=name,
        external=external,
        register=register,
        ready=ready,
        tail=fields.read("tail", readers.work_time, _NO_TIME),
        shutdown=fields.read("shutdown", readers.work_time, _NO_TIME),
        on_invoke="INVOKE" in events,
        on_shutdown=external and "SHUTDOWN" in events,
    )


def _events(*, external: bool) -> Reader[list[str]]:
    def read(node: Node) -> list[str]:
        read_event = readers.word(["INVOKE", "SHUTDOWN"])
        if not isinstance(node, Sequence):
            raise UnfitError(f"found {describe(node)}; expected a list such as [INVOKE, SHUTDOWN]")
        events = []
        for item in node.items:
            try:
                events.append(read_event(item))
            except UnfitError as misfit:
                raise UnfitError(str(misfit), item.place) from None
        if not external and "SHUTDOWN" in events:
            raise UnfitError("an internal extension cannot register for SHUTDOWN; AWS refuses that")
        return events

    return read


def _asynchronous(fields: Fields) -> AsyncPlan:
    default = AsyncPlan()
    target = readers.optional(readers.text(256))
    return AsyncPlan(
        max_retries=fields.read("max_retries", readers.integer(0, 2), default.max_retries),
        max_age_us=fields.read("max_age", _event_age, default.max_age_us),
        on_success=fields.read("on_success", target, None),
        on_failure=fields.read("on_failure", target, None),
        dead_letter=fields.read("dead_letter", target, None),
    )


def _event_age(node: Node) -> int:
    age_us = readers.duration(node)
    if not MINUTE <= age_us <= 6 * HOUR or age_us % SECOND:
        raise UnfitError("AWS accepts a maximum event age of whole seconds from 60s to 6h (ASY-03)")
    return age_us
