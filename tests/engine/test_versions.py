"""Two versions at once: which serves an event, and how provisioned concurrency follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MINUTE,
    MS,
    SECOND,
    Command,
    Deploy,
    FunctionPlan,
    InitializationType,
    Pattern,
    Plan,
    Provision,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.states import State
from tests.story import Story, at, prompt_account, seconds, tell


def function(**changes: object) -> FunctionPlan:
    """Return a function whose invocations overlap with none."""
    settings: dict[str, object] = {"name": "f", "handler": seconds(0.001), **changes}
    return FunctionPlan(**settings)  # type: ignore[arg-type]


def deploy(second: float, weight: float = 1.0) -> Deploy:
    """Return new code for a share of the events."""
    return Deploy(at_us=round(second * SECOND), weight=weight)


def shift(second: float, weight: float) -> Shift:
    """Return another weight."""
    return Shift(at_us=round(second * SECOND), weight=weight)


def steady(second: float, count: int) -> Pattern:
    """Return a hundred events a second."""
    return Pattern(
        at_us=round(second * SECOND), gap_us=10_000.0, for_us=count * 10 * MS, process="steady"
    )


def versions(story: Story) -> dict[int, int]:
    """Return which version served each event."""
    return {
        event: story.trace.environments[served.environment].code_version
        for event, served in story.served().items()
    }


def story_of(*commands: Command, until: float | None = None, **changes: object) -> Story:
    """Run commands on the function."""
    return tell(function(**changes), commands=commands, until=until)


@pytest.mark.rule("PRV-09", "PRV-01")
@pytest.mark.parametrize("weight", [0.03, 0.05, 0.10])
def test_an_alias_sends_a_share_of_the_events_to_the_newer_version(weight: float) -> None:
    """WE-C24: 10 %, 3 % and 5 % go to the additional version, the rest to the first.

    https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
    """
    found = versions(story_of(deploy(0, weight), steady(1, 10_000)))
    assert sum(version == 2 for version in found.values()) / 10_000 == pytest.approx(
        weight, abs=0.006
    )
    assert set(found.values()) == {1, 2}


@pytest.mark.rule("PRV-09")
def test_the_choice_is_by_chance_so_that_few_events_deviate() -> None:
    shares = {
        sum(version == 2 for version in versions(tell(
            function(), commands=(deploy(0, 0.1), at(1, 10)), seed=seed
        )).values())
        for seed in range(20)
    }  # fmt: skip
    assert len(shares) > 2
    assert 0 in shares


def test_both_versions_keep_their_environments() -> None:
    story = story_of(at(0), deploy(1, 0.5), steady(2, 100))
    assert not story.of(Kind.SHUTDOWN_DEPLOY, Kind.SHUTDOWN_SHIFT)
    assert story.served()[1].start is Kind.INVOKE_COLD
    found = versions(story)
    first_of_2 = min(event for event, version in found.items() if version == 2)
    first_of_1 = min(event for event in found if event > 1 and found[event] == 1)
    assert story.served()[first_of_1].start is Kind.INVOKE_WARM
    assert story.served()[first_of_2].start is Kind.INVOKE_COLD
    assert story.tally.environments_created == 2


def test_a_greater_weight_moves_only_the_events_between_the_two() -> None:
    some = versions(story_of(deploy(0, 0.1), steady(1, 500)))
    more = versions(story_of(deploy(0, 0.3), steady(1, 500)))
    assert all(more[event] == 2 for event, version in some.items() if version == 2)
    assert sum(v == 2 for v in more.values()) > sum(v == 2 for v in some.values())


def test_before_the_deploy_and_after_the_move_there_is_one_version() -> None:
    story = story_of(steady(0, 50), deploy(1, 0.5), shift(1, 1), steady(2, 50))
    found = versions(story)
    assert {found[event] for event in range(1, 51)} == {1}
    assert {found[event] for event in range(51, 101)} == {2}


@pytest.mark.rule("SIM-ALIAS", "LIFE-08")
def test_moving_the_alias_retires_the_older_version_when_it_is_done() -> None:
    story = story_of(at(0, 2, lasting=2), at(0, lasting=0.5), deploy(0.6, 0.5), shift(1, 1))
    moments = {r.environment: r.time_us / SECOND for r in story.of(Kind.SHUTDOWN_SHIFT)}
    assert moments == {2: 1, 0: 2, 1: 2}
    assert all(story.served()[event].end is Kind.INVOKE_OK for event in (1, 2, 3))


def test_taking_the_newer_version_back_leaves_the_older_as_it_was() -> None:
    story = story_of(at(0), deploy(1, 0.5), steady(2, 100), shift(4, 0), steady(5, 50))
    (gone,) = story.of(Kind.SHUTDOWN_SHIFT)
    assert story.trace.environments[gone.environment].code_version == 2
    found = versions(story)
    assert {found[event] for event in range(102, 152)} == {1}
    assert story.served()[151].environment == 0


def test_after_a_version_was_taken_back_the_next_has_a_number_of_its_own() -> None:
    story = story_of(deploy(1, 0.5), shift(2, 0), deploy(3), at(4))
    assert versions(story) == {1: 3}


def test_a_deploy_while_there_are_two_replaces_the_newer_one() -> None:
    story = story_of(deploy(0, 0.5), steady(1, 60), deploy(3, 0.5), steady(4, 60))
    found = versions(story)
    assert {found[event] for event in range(1, 61)} == {1, 2}
    assert {found[event] for event in range(61, 121)} == {1, 3}


def test_a_full_deploy_while_there_are_two_replaces_both() -> None:
    story = story_of(deploy(0, 0.5), steady(1, 60), deploy(3), steady(4, 60))
    assert {versions(story)[event] for event in range(61, 121)} == {3}


def test_a_move_of_an_alias_with_one_version_does_nothing() -> None:
    story = story_of(at(0), shift(1, 0.5), at(2))
    assert versions(story) == {1: 1, 2: 1}


def test_a_configuration_change_makes_the_newer_version_and_leaves_the_older() -> None:
    change = SetConfig(at_us=SECOND, changes=(("memory_mb", 512),))
    story = story_of(at(0), deploy(0.5, 0.5), change, steady(2, 60))
    sizes = {(facts.code_version, facts.plan.memory_mb) for facts in story.trace.environments}
    assert sizes == {(1, 128), (2, 512)}
    assert not story.of(Kind.SHUTDOWN_CONFIG)


@pytest.mark.rule("PRV-09", "SIM-ALIAS")
def test_provisioned_concurrency_follows_the_weights() -> None:
    story = story_of(
        deploy(1, 0.3), shift(100, 0.5), shift(200, 1), until=300, provisioned_concurrency=10
    )

    def standing(second: float) -> list[int]:
        """Return how many provisioned environments of each version exist at a time."""
        states: dict[int, State] = {}
        for record in story.records:
            if record.environment >= 0 and record.time_us <= second * SECOND:
                states[record.environment] = record.after
        alive = [number for number, state in states.items() if state < State.SHUTDOWN]
        found = [story.trace.environments[number].code_version for number in alive]
        return [found.count(1), found.count(2)]

    assert [standing(second) for second in (0.5, 50, 150, 250)] == [
        [10, 0], [7, 3], [5, 5], [0, 10],
    ]  # fmt: skip


@pytest.mark.rule("PRV-05", "PRV-09")
def test_an_event_spills_when_its_own_version_has_none_left() -> None:
    story = story_of(deploy(0, 0.5), at(10, 4, lasting=1), provisioned_concurrency=4, until=30)
    found = versions(story)
    expected = sum(max(0, list(found.values()).count(version) - 2) for version in (1, 2))
    assert expected, "the sample deviates from the weights"
    assert story.tally.spillovers == expected


@pytest.mark.rule("RSV-01")
def test_both_versions_share_the_functions_reservation() -> None:
    story = story_of(deploy(0, 0.5), at(1, 9, lasting=1), reserved_concurrency=4)
    assert story.busy(1.5) == 4
    assert len(story.of(Kind.THROTTLED_RESERVED)) == 5


def test_a_reservation_made_while_both_run_counts_them_both() -> None:
    reserve = SetConfig(at_us=2 * SECOND, changes=(("reserved_concurrency", 4),))
    account = prompt_account(concurrency=6)
    story = tell(
        function(timeout_us=60 * SECOND),
        function(name="g", timeout_us=60 * SECOND),
        commands=(
            deploy(0, 0.5), at(1, 4, lasting=9), reserve, at(3), shift(4, 1), at(5),
            at(20, 4, lasting=1), at(30, 3, lasting=1, function=1),
        ),
        account=account,
    )  # fmt: skip
    assert [r.time_us // SECOND for r in story.of(Kind.THROTTLED_RESERVED)] == [3, 5]
    assert [r.time_us // SECOND for r in story.of(Kind.THROTTLED_ACCOUNT)] == [30]


@pytest.mark.rule("PRV-02")
def test_asking_again_while_environments_are_being_made_asks_for_no_more() -> None:
    """The second command comes when 100 of 200 environments have been created."""
    again = Provision(at_us=MINUTE + SECOND, count=200)
    story = tell(
        function(),
        commands=(Provision(at_us=0, count=200), again),
        account=prompt_account(delay=seconds(60)),
        until=200,
    )
    assert len(story.of(Kind.CREATED_PROVISIONED)) == 200


@pytest.mark.rule("PRV-02")
def test_fewer_while_environments_are_being_made_leaves_the_rest_unmade() -> None:
    fewer = Provision(at_us=MINUTE + SECOND, count=150)
    story = tell(
        function(),
        commands=(Provision(at_us=0, count=200), fewer),
        account=prompt_account(delay=seconds(60)),
        until=200,
    )
    assert len(story.of(Kind.CREATED_PROVISIONED)) == 150
    assert story.one(Kind.PROVISION_READY).value == 150


def test_a_deploy_while_environments_are_being_made_makes_only_new_ones() -> None:
    story = tell(
        function(),
        commands=(Provision(at_us=0, count=200), deploy(61)),
        account=prompt_account(delay=seconds(60)),
        until=300,
    )
    made = [story.trace.environments[r.environment] for r in story.of(Kind.CREATED_PROVISIONED)]
    assert sum(facts.code_version == 2 for facts in made) == 200
    assert story.one(Kind.PROVISION_READY).value == 200
    assert {f.initialization_type for f in made} == {InitializationType.PROVISIONED}


def test_a_run_without_an_alias_places_events_directly() -> None:
    """Nothing of this stands between the loop and `Placement.place` in a plain run."""
    from lifecycle_tui.engine.simulation import Simulation

    plain = Simulation(Plan((function(),), commands=(at(0), deploy(1))))
    assert plain.place == plain.placement.place
    shared = Simulation(Plan((function(),), commands=(at(0), deploy(1, 0.1))))
    assert shared.place != shared.placement.place


def test_totals_are_the_same_without_a_trace() -> None:
    plan = Plan(
        (function(provisioned_concurrency=3),),
        commands=(deploy(0, 0.2), steady(1, 200), shift(2, 0.7), steady(3, 200), shift(5, 1)),
        until_us=100 * SECOND,
    )
    one, other = run(plan), run(plan, keep_trace=False)
    assert replace(one.tally, latencies=other.tally.latencies) == other.tally
