"""Downstreams: who may connect, who holds what and for how long, who waits, what a cache spares."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from lifecycle_tui.engine.downstream_plan import (
    Connect,
    DownstreamKind,
    DownstreamPlan,
    Keeps,
    UsePlan,
)
from lifecycle_tui.engine.downstreams import Connections
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MS, Command, Crash, Deploy, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.states import State
from tests.story import Story, at, ms, prompt_account
from tests.strategies import DOWNSTREAMS, plans

many = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
DB = DownstreamPlan("db", connections=2, connect=ms(30), query=ms(5))


def told(
    *uses: UsePlan, commands: tuple[Command, ...], downstreams: tuple[DownstreamPlan, ...] = (DB,)
) -> Story:
    """Run one function that uses downstreams: 100 ms of init, 50 ms of handler."""
    function = FunctionPlan("f", init_function=ms(100), handler=ms(50), uses=uses)
    return Story(Plan((function,), prompt_account(), commands, downstreams=downstreams))


def in_use(story: Story) -> list[int]:
    """Return the connections in use after each record that says so."""
    moves = story.of(Kind.CONNECTED, Kind.DISCONNECTED)
    return [Connections.of(record.value).in_use for record in moves]


def durations_ms(story: Story) -> list[float]:
    return [served.duration_us / MS for served in story.served().values()]


def test_what_a_record_says_is_packed_and_unpacked() -> None:
    said = Connections(downstream=63, held=16_000_000, in_use=10_000_000)
    assert Connections.of(said.packed()) == said


def test_a_connection_of_init_makes_init_longer_and_warm_events_shorter() -> None:
    story = told(UsePlan("db"), commands=(at(0), at(1)))
    assert story.moment(Kind.INIT_FINISHED) == 0.130
    assert durations_ms(story) == [55.0, 55.0]
    assert in_use(story) == [1]


def test_a_connection_of_the_handler_is_opened_and_closed_in_each_event() -> None:
    story = told(UsePlan("db", Connect.HANDLER), commands=(at(0), at(1)))
    assert story.moment(Kind.INIT_FINISHED) == 0.100
    assert durations_ms(story) == [85.0, 85.0]
    assert in_use(story) == [1, 0, 1, 0]


def test_a_handler_that_does_not_close_leaks_one_connection_in_each_event() -> None:
    leaky = UsePlan("db", Connect.HANDLER, closes=False)
    story = told(leaky, commands=(at(0), at(1), at(2)))
    assert in_use(story) == [1, 2]
    assert story.one(Kind.CONNECT_REFUSED).subject == 3
    assert [served.end for served in story.served().values()] == [
        Kind.INVOKE_OK, Kind.INVOKE_OK, Kind.INVOKE_ERROR,
    ]  # fmt: skip
    assert durations_ms(story)[2] == 0, "refused at once"


@pytest.mark.rule("SIM-DOWNSTREAM", "FRZ-01")
def test_frozen_environments_hold_their_connections_against_everyone_else() -> None:
    story = told(UsePlan("db"), commands=(at(0, 2), at(1, 3)))
    refused = story.of(Kind.CONNECT_REFUSED)
    assert {record.subject for record in refused} == {5}, "the other four found the two kept ones"
    assert len(story.of(Kind.INIT_ERROR)) == 1
    assert story.served()[5].end is Kind.INVOKE_INIT_ERROR


def test_a_pool_is_opened_as_a_whole_or_not_at_all() -> None:
    story = told(UsePlan("db", per_environment=3), commands=(at(0),))
    assert in_use(story) == []
    assert story.served()[1].end is Kind.INVOKE_INIT_ERROR


@pytest.mark.rule("SIM-DOWNSTREAM")
def test_a_reset_a_shutdown_and_a_crash_give_connections_back() -> None:
    hang = at(0, lasting=20)
    for commands in ((hang,), (at(0), Deploy(at_us=1_000 * MS)),
                     (at(0), Crash(at_us=1_000 * MS, environment=0))):  # fmt: skip
        assert in_use(told(UsePlan("db"), commands=commands)) == [1, 0]


def test_a_process_that_dies_closes_nothing_itself_but_loses_everything() -> None:
    function = FunctionPlan(
        "f", handler=ms(50), handler_outcome=Outcome.EXIT, uses=(UsePlan("db", Connect.HANDLER),)
    )
    story = Story(Plan((function,), prompt_account(), (at(0),), downstreams=(DB,)))
    assert [record.before for record in story.of(Kind.DISCONNECTED)] == [State.RESET]
    assert in_use(story) == [1, 0]


PROXY = DownstreamPlan("proxy", DownstreamKind.PROXY, connections=2, connect=ms(10), to="db")
SLOW = DownstreamPlan("db", connections=3, connect=ms(30), query=ms(100))


@pytest.mark.rule("SIM-PROXY")
def test_a_proxy_lets_queries_wait_where_the_database_would_refuse() -> None:
    story = told(UsePlan("proxy"), commands=(at(0, 5),), downstreams=(SLOW, PROXY))
    assert story.of(Kind.CONNECT_REFUSED) == []
    assert durations_ms(story) == [150.0, 150.0, 250.0, 250.0, 350.0]
    waits = [Connections.of(record.value).in_use / MS for record in story.of(Kind.POOL_WAITED)]
    assert waits == [100.0, 100.0, 200.0]


def test_a_proxy_holds_its_own_connections_to_the_database_all_the_time() -> None:
    story = told(UsePlan("db"), commands=(at(0, 2),), downstreams=(SLOW, PROXY))
    assert in_use(story) == [3]
    assert story.of(Kind.CONNECT_REFUSED) != []


def cached(keeps: Keeps, *commands: Command) -> list[float]:
    cache = DownstreamPlan("cache", DownstreamKind.CACHE, query=ms(1), keeps=keeps)
    use = UsePlan("db", cache="cache")
    return durations_ms(told(use, commands=commands, downstreams=(SLOW, cache)))


@pytest.mark.rule("SIM-CACHE")
def test_a_cache_in_globals_is_empty_in_every_new_environment() -> None:
    assert cached(Keeps.ENVIRONMENT, at(0), at(1), at(2, 2)) == [151.0, 51.0, 51.0, 151.0]


@pytest.mark.rule("SIM-CACHE")
def test_a_cache_outside_survives_the_environment() -> None:
    assert cached(Keeps.OUTSIDE, at(0), at(1), at(2, 2)) == [151.0, 51.0, 51.0, 51.0]


def test_a_cache_in_globals_is_lost_in_a_reset() -> None:
    crash = Crash(at_us=1_500 * MS, environment=0)
    again = cached(Keeps.ENVIRONMENT, at(0), at(1), crash, at(2))
    assert again == [151.0, 51.0, 281.0], "re-init 130 ms, then the query"


def test_a_hit_spares_a_handler_its_connection() -> None:
    cache = DownstreamPlan("cache", DownstreamKind.CACHE, query=ms(1))
    use = UsePlan("db", Connect.HANDLER, cache="cache")
    story = told(use, commands=(at(0), at(1)), downstreams=(DB, cache))
    assert durations_ms(story) == [86.0, 51.0]
    assert len(story.of(Kind.CACHE_HIT)) == len(story.of(Kind.CACHE_MISSED)) == 1


@many
@given(plans())
def test_connections_never_exceed_the_limit_and_add_up(plan: Plan) -> None:
    trace = run(plan).trace
    assert trace is not None
    held: Counter[tuple[int, int]] = Counter()
    pooled = {0: 2}
    for record in trace:
        if record.kind in (Kind.CONNECTED, Kind.DISCONNECTED, Kind.CONNECT_REFUSED):
            said = Connections.of(record.value)
            held[record.environment, said.downstream] = said.held
            limit = DOWNSTREAMS[said.downstream].connections
            everyone = sum(n for (_, which), n in held.items() if which == said.downstream)
            assert said.in_use == everyone + pooled.get(said.downstream, 0)
            if DOWNSTREAMS[said.downstream].kind is DownstreamKind.DATABASE:
                assert limit is not None
                assert said.in_use <= limit
        elif record.kind is Kind.GONE or record.after is State.RESET is not record.before:
            later = [held[key] for key in held if key[0] == record.environment]
            assert record.kind is not Kind.GONE or not any(later)
