"""Downstreams, computing, memory and packages in scenario files."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.downstream_plan import (
    Connect,
    DownstreamKind,
    DownstreamPlan,
    Keeps,
    UsePlan,
)
from lifecycle_tui.engine.plan import SetConfig
from lifecycle_tui.engine.worktime import ZERO, Constant, CpuAndWait
from lifecycle_tui.scenario.build import parse_text
from tests.scenario.writing import function, one, problem, problems

TEXT = """
downstreams:
  db: {kind: database, connections: 100, connect: 30ms, query: 5ms}
  proxy: {kind: proxy, to: db, connections: 20, connect: 2ms}
  cache: {kind: cache, hit: 0.9, query: 1ms, keeps: environment}
functions:
  f:
    uses:
      - {downstream: proxy, per_environment: 2, cache: cache}
      - {downstream: db, connect: handler, closes: false}
timeline: [{at: 0s, fire: {}}]
"""


def ms(milliseconds: int) -> Constant:
    return Constant(milliseconds * 1_000)


def test_downstreams_and_their_uses_are_read() -> None:
    plan = parse_text(TEXT)
    assert plan.downstreams == (
        DownstreamPlan("db", DownstreamKind.DATABASE, 100, ms(30), ms(5)),
        DownstreamPlan("proxy", DownstreamKind.PROXY, 20, ms(2), to="db"),
        DownstreamPlan(
            "cache", DownstreamKind.CACHE, query=ms(1), hit=0.9, keeps=Keeps.ENVIRONMENT
        ),
    )
    assert plan.functions[0].uses == (
        UsePlan("proxy", Connect.INIT, 2, cache="cache"),
        UsePlan("db", Connect.HANDLER, closes=False),
    )


def downstreams(text: str, uses: str = "[]") -> str:
    return problem(f"downstreams: {{{text}}}\nfunctions: {{f: {{uses: {uses}}}}}\n")


@pytest.mark.parametrize(
    ("text", "uses", "line"),
    [
        ("db: {connections: 2}", "[]", "x.yaml:1:19: downstreams.db: 'kind' is missing"),
        ("db: {kind: databse}", "[]", "x.yaml:1:26: downstreams.db.kind: found 'databse', which"),
        ("db: {kind: database, hit: 1}", "[]", "x.yaml:1:36: downstreams.db: unknown key 'hit'"),
        ("db: {kind: database, connections: 0}", "[]", "x.yaml:1:49: downstreams.db.connections:"),
        ("p: {kind: proxy, connections: 2}", "[]", "x.yaml:1:18: downstreams.p: 'to' is missing"),
        ("p: {kind: proxy, to: d, connections: 2}", "[]", "x.yaml:1:36: downstreams.p.to: no data"),
        ("c: {kind: cache, hit: 2}", "[]", "x.yaml:1:37: downstreams.c.hit:"),
        ("d: {kind: database}", "[{downstream: e}]", "x.yaml:2:37: functions.f.uses[0].downstream"),
        ("d: {kind: cache}", "[{downstream: d}]", "x.yaml:2:37: functions.f.uses[0].downstream"),
        (
            "d: {kind: database}", "[{downstream: d, closes: false}]",
            "x.yaml:2:48: functions.f.uses[0].closes: what is opened outside the handler stays",
        ),
        (
            "d: {kind: database}", "[{downstream: d}, {downstream: d}]",
            "x.yaml:2:54: functions.f.uses[1].downstream: a second use of 'd'",
        ),
        (
            "d: {kind: database, connections: 2}, p: {kind: proxy, to: d, connections: 3}", "[]",
            "x.yaml:1:89: downstreams.p.connections: proxies would hold 3 of the 2 connections",
        ),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place(text: str, uses: str, line: str) -> None:
    assert downstreams(text, uses).startswith(line)


def test_computing_and_waiting_stand_for_a_duration() -> None:
    plan = function("handler: {cpu: 80ms, wait: 100ms}, init: {function: 10ms, cpu: 50ms}")
    assert plan.functions[0].handler == CpuAndWait(ms(80), ms(100))
    assert plan.functions[0].init_cpu == ms(50)
    both = problem(one("handler: {cpu: 80ms, duration: 100ms}"))
    assert both.endswith("functions.f.handler: has a duration, or cpu and wait, but not both")


@pytest.mark.parametrize(
    ("keys", "handler"),
    [
        ("handler: {wait: 7ms}", CpuAndWait(ms(80), ms(7))),
        ("handler: {duration: 7ms}", ms(7)),
        ("memory: 512MB", None),
    ],
)
def test_a_later_setting_keeps_what_it_does_not_say(keys: str, handler: object) -> None:
    plan = function("handler: {cpu: 80ms}", f"{{at: 1s, set: {{{keys}}}}}")
    assert plan.functions[0].handler == CpuAndWait(ms(80), ZERO)
    (command,) = plan.commands
    assert isinstance(command, SetConfig)
    assert dict(command.changes).get("handler") == handler


def test_a_function_may_need_more_memory_than_it_has() -> None:
    plan = function("memory_used: 300MB, memory_leak: 5MB, package_size: 250MB")
    found = plan.functions[0]
    assert (found.memory_used_mb, found.memory_leak_mb, found.package_mb) == (300, 5, 250)


@pytest.mark.rule("LIM-05", "LIM-06")
def test_a_package_has_the_limits_of_aws() -> None:
    assert problem(one("package_size: 251MB")) == (
        "x.yaml:2:21: functions.f.package_size: 251 MB is more than the 250 MB that AWS allows a"
        " zip unpacked; package: image may have 10 GB"
    )
    assert function("package_size: 10GB, package: image").functions[0].package_mb == 10_240
    (line,) = problems(one("package_size: 11GB, package: image"))
    assert "'11GB' is out of range" in line
