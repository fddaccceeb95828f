"""Downstreams of a scenario file, and how a function uses them."""

from __future__ import annotations

from typing import Any, Final

from lifecycle_tui.engine.downstream_plan import (
    Connect,
    DownstreamKind,
    DownstreamPlan,
    Keeps,
    UsePlan,
)
from lifecycle_tui.engine.worktime import ZERO, WorkTime
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.fields import Fields, Reader, UnfitError
from lifecycle_tui.scenario.nodes import Node
from lifecycle_tui.scenario.problems import did_you_mean
from lifecycle_tui.units.text import clean, quote

MOST_DOWNSTREAMS: Final = 64
MOST_CONNECTIONS: Final = 100_000
"""What a downstream or a proxy may be given."""
MOST_OF_A_POOL: Final = 1_000
_NO_TIME: Final[WorkTime] = ZERO

_KEYS: Final[dict[DownstreamKind, tuple[str, ...]]] = {
    DownstreamKind.DATABASE: ("kind", "connections", "connect", "query"),
    DownstreamKind.PROXY: ("kind", "to", "connections", "connect"),
    DownstreamKind.CACHE: ("kind", "hit", "query", "keeps"),
}
_USE: Final = ("downstream", "connect", "per_environment", "closes", "cache")
Downstreams = dict[str, DownstreamPlan]


def read_downstreams(top: Fields) -> Downstreams:
    """Read the scenario's downstreams, by name and in the order of the file."""
    if "downstreams" not in top:
        return {}
    fields = top.inner("downstreams", None)
    if len(fields.keys) > MOST_DOWNSTREAMS:
        top.refuse("downstreams", f"{len(fields.keys)} downstreams; at most {MOST_DOWNSTREAMS}")
        return {}
    found: Downstreams = {}
    proxies: list[tuple[Fields, DownstreamPlan]] = []
    for name in fields.keys:
        if not readers.is_name(name):
            message = f"downstreams: {quote(name, 64)} is not {readers.NAME_EXPECTED}"
            top.problems.add(fields.where_key(name), message)
        inner = fields.inner(name, None)
        plan = found[name] = _downstream(clean(name, 64), inner)
        if plan.kind is DownstreamKind.PROXY:
            proxies.append((inner, plan))
    for inner, plan in proxies:
        _check_proxy(inner, plan, found)
    return found


def _downstream(name: str, fields: Fields) -> DownstreamPlan:
    kind = fields.require("kind", readers.member(DownstreamKind), DownstreamKind.DATABASE)
    if "kind" in fields:
        fields.allow(_KEYS[kind])
    return DownstreamPlan(
        name=name,
        kind=kind,
        connections=fields.read("connections", readers.integer(1, MOST_CONNECTIONS), None),
        connect=fields.read("connect", readers.work_time, _NO_TIME),
        query=fields.read("query", readers.work_time, _NO_TIME),
        to=fields.read("to", readers.name, None),
        hit=fields.read("hit", readers.number(0.0, 1.0), 1.0),
        keeps=fields.read("keeps", readers.member(Keeps), Keeps.OUTSIDE),
    )


def _check_proxy(fields: Fields, plan: DownstreamPlan, found: Downstreams) -> None:
    if plan.to is None or plan.connections is None:
        missing = "to" if plan.to is None else "connections"
        if missing not in fields:
            fields.problems.add(fields.place, f"{fields.path}: {quote(missing)} is missing")
        return
    behind = found.get(plan.to)
    if behind is None or behind.kind is not DownstreamKind.DATABASE:
        databases = [name for name, each in found.items() if each.kind is DownstreamKind.DATABASE]
        fields.refuse("to", f"no database {quote(plan.to)}{did_you_mean(plan.to, databases)}")
        return
    taken = sum(each.connections or 0 for each in found.values() if each.to == plan.to)
    if behind.connections is not None and taken > behind.connections:
        fields.refuse(
            "connections",
            f"proxies would hold {taken:,} of the {behind.connections:,} connections of {plan.to}",
        )


def read_uses(fields: Fields, downstreams: Downstreams) -> tuple[UsePlan, ...]:
    """Read how a function uses the scenario's downstreams."""
    found: list[UsePlan] = []
    for index, node in enumerate(fields.items("uses")):
        path = f"{fields.path}.uses[{index}]"
        inner = Fields(node, fields.problems, path, _USE)
        one = _use(inner, downstreams)
        if one is None:
            continue
        if one.downstream in {other.downstream for other in found}:
            inner.refuse("downstream", f"a second use of {quote(one.downstream)}")
            continue
        found.append(one)
    return tuple(found)


def _use(fields: Fields, downstreams: Downstreams) -> UsePlan | None:
    served = (DownstreamKind.DATABASE, DownstreamKind.PROXY)
    name = fields.require("downstream", _named(downstreams, served), "")
    per_environment = fields.read("per_environment", readers.integer(1, MOST_OF_A_POOL), 1)
    connect = fields.read("connect", readers.member(Connect), Connect.INIT)
    if "closes" in fields and connect is Connect.INIT:
        fields.refuse("closes", "what is opened outside the handler stays open; connect: handler")
    cache: Any = fields.read("cache", _named(downstreams, (DownstreamKind.CACHE,)), None)
    use = UsePlan(
        downstream=name,
        connect=connect,
        per_environment=per_environment,
        closes=fields.read("closes", readers.boolean, True),
        cache=cache,
    )
    return use if name and (cache is not None or "cache" not in fields) else None


def _named(downstreams: Downstreams, kinds: tuple[DownstreamKind, ...]) -> Reader[str]:
    def read(node: Node) -> str:
        wanted = readers.node_text(node)
        fitting = [name for name, each in downstreams.items() if each.kind in kinds]
        if wanted not in fitting:
            words = " or ".join(kind.value for kind in kinds)
            raise UnfitError(
                f"the scenario has no {words} {quote(readers.describe_text(node), 64)}"
                f"{did_you_mean(wanted, fitting)}"
            )
        return wanted

    return read
