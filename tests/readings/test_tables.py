"""Tables for expressions: the same truth as the other readings, and no knowledge of the future."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.downstream_plan import DownstreamPlan, UsePlan
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Deploy,
    ExtensionPlan,
    Plan,
    Prewarm,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.expressions import (
    UNKNOWN,
    ExpressionError,
    Row,
    Table,
    Value,
    parse,
    problems,
)
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.summary import summary_of
from lifecycle_tui.readings.tables import INFOS, SCHEMA, UNITS, names_of
from tests.readings.runs import MANY, WEB_API, doom_loop, fire, plan_of, read, story
from tests.strategies import plans


def ask(index: Index, text: str, at: float | None = None) -> Value:
    """Return what an expression comes to, perhaps at a second."""
    at_us = None if at is None else round(at * SECOND)
    assert problems(parse(text), SCHEMA) == []
    return parse(text).evaluate(names_of(index, at_us))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("inv[1].status", "timeout"),
        ("inv[2].start", "reinit"),
        ("inv[2].env", "e1"),
        ("env[0].last_reset_t", 384_000),
        ("cfg.timeout", 3_000),
        ("cfg.init_total", 3_020),
        ("any(env, resets >= 1 and last_reset == 'timeout')", True),
        ("any(inv, reinit and status == 'timeout')", True),
        ("first(inv).init_ms >= 2 * 1500", True),
        ("inv[0].wait_ms", 3_120),
        ("inv[0].latency_ms", 3_300),
        ("inv.nth", (1, 2, 3)),
        ("max(concurrency)", 1),
        ("functions['web-api'].memory", 512),
        ("env['e1'].function_ms", 2_760),
        ("run.timeouts", 2),
    ],
)
def test_the_doom_loop_as_its_lesson_asks(text: str, answer: Value) -> None:
    assert ask(doom_loop(), text) == answer


@pytest.mark.parametrize(
    ("text", "second", "answer"),
    [
        ("count(inv)", 375, 1),
        ("inv[0].start", 1, None),
        ("inv[0].status", 1, "running"),
        ("inv[0].done", 1, False),
        ("env[0].state", 1, "INIT"),
        ("env[0].t_ready", 1, None),
        ("inv[1].start", 376, "warm"),
        ("inv[1].status", 378.9, "running"),
        ("inv[1].duration_ms", 378.9, None),
        ("inv[1].status", 379, "timeout"),
        ("inv[2].reinit_ms", 382, None),
        ("env[0].resets", 378.9, 0),
        ("env[0].last_reset", 378.9, None),
        ("run.now", 378.9, 378_900),
        ("at('1s', env[0].state)", 400, "INIT"),
        ("at('500s', run.now)", 379, 379_000),
    ],
)
def test_only_what_is_known_then(text: str, second: float, answer: Value) -> None:
    assert ask(doom_loop(), text, second) == answer


def test_many_moments_take_many_steps() -> None:
    names = names_of(story(fire(0, 100), reserved_concurrency=1))
    text = "all(inv, at(t_arrived, count(inv)) > 0)"
    assert parse(text).evaluate(names) is True
    with pytest.raises(ExpressionError, match="steps"):
        parse(text).evaluate(names, steps=5_000)


def test_a_throttled_event_waits_for_nothing_and_is_done() -> None:
    index = story(fire(0, 2), reserved_concurrency=1)
    assert ask(index, "inv[1].start") == "429"
    assert ask(index, "inv[1].status") == "throttled"
    assert ask(index, "inv[1].done and inv[1].throttled and inv[1].env == None") is True
    assert ask(index, "inv[1].wait_ms == None and inv[1].latency_ms == None") is True
    assert ask(index, "count(inv, start == '429') >= 1 and max(concurrency) <= cfg.rc") is True


def test_provisioned_concurrency_spills_over() -> None:
    index = story(fire(0, 3), provisioned_concurrency=2)
    assert ask(index, "count(inv, kind == 'pc' and start == 'pre')") == 2
    assert ask(index, "any(inv, kind == 'od' and spillover)") is True
    assert ask(index, "all(inv, wait_ms < 20)") is False


def test_nobody_waits_for_an_environment_that_was_initialised_ahead() -> None:
    index = story(Prewarm(at_us=0), fire(10))
    assert ask(index, "any(inv, start == 'pre' and init_ms > 0 and wait_ms < 20)") is True
    assert ask(index, "env[0].kind") == "pi"


def test_an_init_beyond_its_limit_shows_in_the_invocation() -> None:
    index = story(fire(0), init_function=Constant(11 * SECOND), timeout_us=30 * SECOND)
    assert ask(index, "any(inv, reinit and init_timeouts == 1)") is True
    assert ask(index, "env[0].init_timeouts") == 1


def test_how_environments_end() -> None:
    index = story(
        fire(0), Deploy(at_us=5 * SECOND), fire(6), Reclaim(at_us=9 * SECOND, environment=1)
    )
    assert ask(index, "env.end") == ("deploy", "reclaim")
    assert ask(index, "count(env, end == 'deploy') >= 1") is True
    assert ask(index, "env[1].version") == 2
    assert ask(index, "all(env, graceful)") is True
    assert ask(index, "env[0].end", 4) is None


def test_without_an_extension_a_shutdown_takes_no_time_and_sends_no_signal() -> None:
    bare = story(fire(0), Reclaim(at_us=5 * SECOND, environment=0), extensions=())
    assert ask(bare, "env[0].graceful == False and env[0].shutdown_ms == 0") is True
    slow = ExtensionPlan("x", shutdown=Constant(50 * MS))
    kind = story(fire(0), Reclaim(at_us=5 * SECOND, environment=0), extensions=(slow,))
    assert ask(kind, "env[0].graceful and env[0].shutdown_ms == 50") is True


def test_a_tail_is_between_response_and_end() -> None:
    slow = ExtensionPlan("x", tail=Constant(800 * MS))
    index = story(fire(0), extensions=(slow,))
    assert ask(index, "any(inv, t_end - t_response >= 500)") is True
    assert ask(index, "inv[0].tail_ms == cfg.tail and inv[0].handler_ms == cfg.handler") is True


def test_settings_are_those_of_the_moment() -> None:
    later = SetConfig(at_us=5 * SECOND, changes=(("timeout_us", 9 * SECOND),))
    index = story(fire(0), later, fire(6))
    assert ask(index, "at('4s', cfg.timeout)") == 3_000
    assert ask(index, "cfg.timeout") == 9_000
    assert ask(index, "inv.timeout_ms") == (3_000, 9_000)


def test_a_timer_stands_still_while_frozen() -> None:
    """The handler responds at 1.3 s and leaves 500 ms of work, which goes on in the next Invoke."""
    index = story(fire(0), fire(60), fire(70), handler_background=Constant(500 * MS), until=90)
    assert ask(index, "count(timers)") == 3
    # 500 ms of 180 ms an invocation: done in the third after it, if it were alone.
    assert ask(index, "timers[0].done") is False
    assert ask(index, "timers[0].late_ms", 1.5) == 0
    assert ask(index, "any(timers, late_ms > 0)") is True
    assert ask(index, "timers[0].late_ms", 30) == (30_000 - 1_300 - 500)
    quick = story(fire(0), fire(60), handler_background=Constant(100 * MS), until=90)
    assert ask(quick, "timers[0].t_done") == 60_100
    assert ask(quick, "timers[0].late_ms") == 60_100 - 1_400
    awake = ExtensionPlan("x", tail=Constant(800 * MS))
    inside = story(fire(0), handler_background=Constant(100 * MS), extensions=(awake,), until=90)
    assert ask(inside, "all(timers, late_ms == 0) and timers[0].done") is True
    lost = story(fire(0), Deploy(at_us=5 * SECOND), handler_background=Constant(100 * MS), until=90)
    assert ask(lost, "timers[0].lost and timers[0].late_ms == None") is True
    assert ask(story(fire(0)), "count(timers)") == 0


def test_a_database_and_who_holds_its_connections() -> None:
    function = replace(WEB_API, uses=(UsePlan("orders"),))
    plan = replace(
        plan_of(fire(0, 5), function=function),
        downstreams=(DownstreamPlan("orders", connections=3),),
    )
    index = read(plan)
    assert ask(index, "db['orders'].peak <= db['orders'].limit") is True
    assert ask(index, "db[0].peak == 3 and db[0].refused > 0") is True
    assert ask(index, "at('1ms', db[0].in_use)") == 0


@MANY
@given(plans())
def test_totals_are_those_of_the_summary(plan: Plan) -> None:
    index = read(plan)
    summary = summary_of(index)
    assert ask(index, "run.max_concurrency") == summary["peak_concurrency"]
    assert ask(index, "count(env)") == summary["environments_created"]
    assert ask(index, "run.envs") == ask(index, "count(env, kind != 'sn')")
    assert ask(index, "count(inv, start == 'cold')") == summary["cold_starts"]
    assert ask(index, "count(inv, throttled)") == summary["throttles"]
    assert ask(index, "sum(inv, billed_ms)") == summary["billed_ms"]
    assert ask(index, "run.gbs") == pytest.approx(summary["gb_seconds"])
    if ask(index, "all(inv, done)"):
        # What runs is charged as it runs; the summary counts what has ended, as gbs does.
        assert ask(index, "run.cost_usd") == pytest.approx(summary["cost_usd"])


AS_ON_SCREEN = frozenset({"cost_usd"})
"""The bill of the screen charges an Init while it runs, though only its Invoke makes it billed."""


@MANY
@given(plans(), st.integers(0, 60))
def test_a_moment_knows_as_much_as_a_run_that_ended_there(plan: Plan, second: int) -> None:
    """Nothing that a table tells of a moment may come from later."""
    moment_us = second * SECOND + 1
    whole = read(plan)
    part = read(replace(plan, until_us=moment_us))
    then, there = names_of(whole, moment_us), names_of(part)
    assert list(then) == list(there)
    for info in INFOS:
        pairs = zip(_values(then[info.name]), _values(there[info.name]), strict=True)
        for known, all_there_is in pairs:
            for field, value in known.items():
                if field not in AS_ON_SCREEN:
                    assert value == all_there_is[field], f"{info.name}.{field}"
    assert then["concurrency"] == there["concurrency"]


def _values(value: Value) -> list[dict[str, Value]]:
    rows = list(value) if isinstance(value, Table) else [value]
    found = []
    for row in rows:
        assert isinstance(row, Row)
        found.append({name: row.get(name) for name in row.fields})
    return found


def test_every_field_has_a_unit_and_a_meaning_and_is_of_the_language() -> None:
    units = {"ms", "MB", "text", "number", "yes/no", "GB-s", "USD"}
    for info in INFOS:
        assert len({field.name for field in info.fields}) == len(info.fields)
        for field in info.fields:
            assert field.unit in units
            assert field.meaning
            parse(f"x.{field.name}")
    assert UNITS["cfg"]["timeout"] == "ms"


def test_fields_are_of_the_type_that_their_unit_says() -> None:
    kinds: dict[str, type | tuple[type, ...]] = {"text": str, "yes/no": bool}
    function = replace(WEB_API, uses=(UsePlan("orders"),), handler_background=Constant(MS))
    plan = plan_of(fire(0, 3), fire(9, lasting=5), fire(20), Deploy(at_us=30 * SECOND),
                   function=function)  # fmt: skip
    names = names_of(read(replace(plan, downstreams=(DownstreamPlan("orders"),))))
    for info in INFOS:
        for row in _values(names[info.name]):
            for field in info.fields:
                value = row[field.name]
                if value is not None and value is not UNKNOWN:
                    assert isinstance(value, kinds.get(field.unit, (int, float))), field.name
