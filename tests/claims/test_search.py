"""The claim checker: what it refutes, how small that is, and what it says when it finds nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from time import perf_counter

import pytest

from lifecycle_tui.claims.candidate import Base, Candidate, Sent
from lifecycle_tui.claims.claim import ClaimError, names_before, read_claim
from lifecycle_tui.claims.myths import MYTHS, TRUE, Ready
from lifecycle_tui.claims.search import Cancelled, Found, NotFound, base_of, search
from lifecycle_tui.claims.space import candidates, space_of
from lifecycle_tui.claims.words import effort, verdict
from lifecycle_tui.claims.written import scenario_text
from lifecycle_tui.engine.plan import MS, SECOND, Fire, Outcome
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.expressions import parse
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.tables import names_of
from lifecycle_tui.readings.why import why_event
from lifecycle_tui.scenario import parse_text
from lifecycle_tui.scenario.catalogue import load_scenario, names


def found(claim: str, given: str = "", base: Base | None = None) -> Found:
    """Return the counterexample to a claim."""
    result = search(read_claim(claim, given), base)
    assert isinstance(result, Found), verdict(result)
    return result


def starts(result: Found) -> list[str]:
    """Return how each event of a counterexample started."""
    return [str(each.start or each.status) for each in invocations(result.index)]


@pytest.mark.parametrize("myth", MYTHS, ids=lambda myth: myth.words)
def test_every_myth_is_refuted_by_three_events_at_most_within_a_second(myth: Ready) -> None:
    claim = read_claim(myth.claim, myth.given)
    began = perf_counter()
    result = search(claim)
    seconds = perf_counter() - began
    assert isinstance(result, Found)
    assert len(result.index.events) <= 3
    assert seconds < 1


def test_a_ping_every_five_minutes_keeps_one_environment_and_two_come_at_once() -> None:
    result = found(MYTHS[0].claim, MYTHS[0].given)
    assert starts(result) == ["cold", "warm", "cold"]
    assert [each.arrived_us // SECOND for each in invocations(result.index)] == [0, 300, 300]
    assert result.event == 3
    assert "e1 was serving #2" in why_event(result.index, 3).answer


def test_the_third_of_three_at_once_waits_beside_two_provisioned_environments() -> None:
    result = found("all(inv, wait_ms < 20)", "pc >= 2")
    assert result.plan.functions[0].provisioned_concurrency == 2
    assert starts(result) == ["pre", "pre", "cold"]
    assert result.event == 3
    assert "spilled over" in why_event(result.index, 3).answer


def test_an_init_longer_than_the_timeout_goes_well() -> None:
    result = found("all(inv, status == 'timeout')", "init_total > timeout")
    (only,) = invocations(result.index)
    assert only.status == "ok"
    assert only.init_us is not None
    assert only.init_us > result.plan.functions[0].timeout_us
    other = found("all(inv, init_ms + duration_ms <= cfg.timeout)")
    assert len(other.index.events) == 1


def test_after_a_timeout_the_same_environment_runs_init_again() -> None:
    result = found(MYTHS[3].claim, MYTHS[3].given)
    assert starts(result) == ["cold", "reinit"]
    one, two = invocations(result.index)
    assert one.status == "timeout"
    assert one.environment == two.environment
    assert result.event == 2
    # Made smaller: the shortest round time after the reset at 3.6 s.
    assert two.arrived_us == 4 * SECOND


def test_reserved_concurrency_prepares_nothing() -> None:
    result = found("all(inv, start != 'cold')", "rc >= 1")
    assert starts(result) == ["cold"]
    assert result.plan.functions[0].reserved_concurrency == 1


@pytest.mark.parametrize("myth", MYTHS, ids=lambda myth: myth.words)
def test_a_myth_is_refuted_by_a_rule_that_somebody_published(myth: Ready) -> None:
    result = found(myth.claim, myth.given)
    first = why_event(result.index, result.event).rules[0]
    assert not RULES[first].assumed


@pytest.mark.parametrize("ready", TRUE, ids=lambda ready: ready.words)
def test_what_is_so_is_not_refuted(ready: Ready) -> None:
    result = search(read_claim(ready.claim, ready.given), most_runs=600)
    assert isinstance(result, NotFound)
    assert result.runs == 600
    assert result.answered
    assert verdict(result).startswith("NOT REFUTED by ")
    assert "That is no proof" in verdict(result)


@pytest.mark.parametrize("myth", MYTHS, ids=lambda myth: myth.words)
def test_a_counterexample_is_a_scenario_file_that_breaks_the_claim_again(myth: Ready) -> None:
    result = found(myth.claim, myth.given)
    plan = parse_text(scenario_text(result.plan))
    assert plan == result.plan
    again = run(plan)
    assert again.trace is not None
    index = Index(again.trace)
    assert parse(myth.claim).holds(names_of(index)) is False


def test_a_claim_of_several_lines_makes_a_title_of_one() -> None:
    result = found("all(inv,\n    start != 'cold')")
    assert result.plan.title == "Refutes: all(inv, start != 'cold')"
    assert parse_text(scenario_text(result.plan)) == result.plan


def test_the_same_claim_has_the_same_answer() -> None:
    one, two = (found(MYTHS[3].claim, MYTHS[3].given) for _ in range(2))
    assert scenario_text(one.plan) == scenario_text(two.plan)
    assert one.run.trace is not None
    assert two.run.trace is not None
    assert one.run.trace.to_bytes() == two.run.trace.to_bytes()
    assert one.runs == two.runs


def test_a_condition_may_speak_of_settings_of_events_and_of_what_came_of_them() -> None:
    claim = read_claim(
        "count(env) == 1",
        "pc == 0 and cfg.rc == none and events == 2 and sent[1].gap_ms >= '2s'"
        " and inv[0].status == 'ok'",
    )
    assert [part.names_used() for part in claim.settings] == [{"pc"}, {"cfg", "none"}]
    assert [part.names_used() for part in claim.before] == [{"events"}, {"sent"}]
    assert [part.names_used() for part in claim.after] == [{"inv"}]
    result = search(claim)
    assert isinstance(result, Found)
    names = names_before(Candidate((), (Sent(), Sent(gap_us=2 * SECOND, slow=True))), Base())
    assert parse("sent[1].t == '2s' and sent[1].duration == '4s' and events == 2").holds(names)
    assert parse("sent[0].gap_ms").evaluate(names) is None


@pytest.mark.parametrize(
    ("claim", "event"),
    [
        ("all(inv, event > 1 or start != 'cold')", 1),
        ("not any(inv, start == 'cold')", 2),
        ("not any(inv, event == 1)", 1),
        ("count(inv, start == 'cold') < 2", 2),
        ("inv[0].start == 'warm'", 1),
        ("count(env) == 2 and first(inv).start != 'cold'", 1),
        ("first(inv, start == 'cold').event > 5", 1),
        ("run.cold == 0", 2),
    ],
)
def test_it_says_which_event_breaks_the_claim(claim: str, event: int) -> None:
    result = found(claim, "events == 2 and sent[1].gap_ms == 0")
    assert starts(result) == ["cold", "cold"]
    assert result.event == event


def test_numbers_of_the_claim_are_tried() -> None:
    result = found("all(inv, wait_ms < '3s')")
    assert len(result.index.events) == 1
    throttled = found("all(inv, not throttled)", "rc == 3")
    assert len(throttled.index.events) == 4
    assert throttled.event == 4
    burst = found("all(db, peak <= 10)", base=base_of(load_scenario("connection-storm")))
    assert len(burst.index.events) == 11
    pinged = found("all(inv, start == 'cold')", "sent[1].gap_ms == '7s'")
    assert [each.arrived_us // SECOND for each in invocations(pinged.index)] == [0, 7]


def test_what_nothing_meets_was_not_checked() -> None:
    impossible = search(read_claim("inv[0].start == 'cold'", "pc > rc"))
    assert isinstance(impossible, NotFound)
    assert verdict(impossible).startswith("Nothing was checked: no scenario that can be tried")
    never = search(read_claim("inv[0].start == 'cold'", "inv[0].status == 'lost'"), most_runs=200)
    assert isinstance(never, NotFound)
    assert verdict(never) == "Nothing was checked: 200 scenarios ran, and none met the condition."
    silent = search(read_claim("inv[250].start == 'cold'"), most_runs=200)
    assert isinstance(silent, NotFound)
    assert "in none had the claim an answer" in verdict(silent)


def test_it_says_how_hard_it_looked() -> None:
    result = search(read_claim("count(inv) >= 1"), most_runs=500, most_events=2)
    assert isinstance(result, NotFound)
    assert sum(count for _, count in result.by_events) == 500
    assert {events for events, _ in result.by_events} == {1, 2}
    lines = list(effort(result))
    assert "the plainest first, until enough had run" in lines[0]
    assert any("5m00s" in line for line in lines)
    assert any(line.strip().startswith("provisioned concurrency: 0, 1, 2") for line in lines)


def test_a_small_space_is_tried_to_its_end() -> None:
    claim = read_claim("count(inv) >= 1", "pc == 1 and rc == 1 and timeout == '1s' and handler"
                       " == 100 and init_total == 500 and memory == 512 and not snapstart and"
                       " background == 0 and extensions == 0 and outcome == 'ok' and"
                       " init_outcome == 'ok'")  # fmt: skip
    result = search(claim, most_events=1)
    assert isinstance(result, NotFound)
    assert result.exhausted
    assert result.runs == 4


def test_progress_is_told_and_a_search_can_be_called_off() -> None:
    told: list[tuple[int, int]] = []
    claim = read_claim("count(inv) >= 1")
    search(claim, most_runs=120, progress=lambda runs, most: told.append((runs, most)))
    assert told == [(50, 120), (100, 120)]
    with pytest.raises(Cancelled):
        search(claim, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("claim", "given", "part", "column"),
    [
        ("all(inv, wait < 20)", "", "claim", 10),
        ("pc >= 2", "", "claim", 1),
        ("all(inv, env == 'e1')", "", "claim", 10),
        ("count(inv) ==", "", "claim", 14),
        ("count(inv) == 1", "pcs >= 2", "given", 1),
        ("count(inv) == 1", "sent[0].gap > 1", "given", 9),
    ],
)
def test_a_bad_claim_says_which_part_and_where(
    claim: str, given: str, part: str, column: int
) -> None:
    with pytest.raises(ClaimError) as caught:
        read_claim(claim, given)
    assert (caught.value.part, caught.value.error.column) == (part, column)


def test_candidates_come_by_cost_and_none_comes_twice() -> None:
    space = space_of(read_claim("count(inv) >= 1"), Base())
    some = [
        candidate
        for cost in range(4)
        for events in (1, 2)
        for candidate in islice(candidates(space, events, cost), 400)
    ]
    assert some[0] == Candidate((), (Sent(),))
    assert len(set(some)) == len(some)


@pytest.mark.parametrize("name", names())
def test_a_counterexample_from_any_shipped_scenario_can_be_written(name: str) -> None:
    plan = load_scenario(name)
    for number in range(len(plan.functions)):
        base = base_of(plan, number)
        events = (Sent(), Sent(3 * SECOND, slow=True, source="s3", deploy=True),
                  Sent(outcome=Outcome.ERROR))  # fmt: skip
        made = Candidate((("init_function", Constant(5 * MS)),), events).plan(base)
        assert parse_text(scenario_text(made)) == made


def test_a_scenario_gives_the_function_that_is_varied() -> None:
    base = base_of(load_scenario("short-timeout"))
    result = found("all(inv, status == 'ok')", base=base)
    function = result.plan.functions[0]
    assert function.name == base.function.name
    assert replace(function, init_function=base.function.init_function).name == function.name
    assert all(isinstance(command, Fire) for command in result.plan.commands)
