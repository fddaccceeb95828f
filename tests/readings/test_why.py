"""Why: answers in words with numbers, chains that end in an input, rules with their provenance."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    Crash,
    Deploy,
    ExtensionPlan,
    Fire,
    Outcome,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    Reuse,
    SetConfig,
)
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.export.explanation import explanation_lines
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.readings.why import (
    command_words,
    why_environment,
    why_event,
    why_record,
)
from tests.readings.runs import ACCOUNT, doom_loop, fire, story


def told(explanation: Explanation) -> str:
    return "\n".join([explanation.answer, *(cause.words for cause in explanation.causes)])


def number_of(index: Index, kind: Kind) -> int:
    return next(record.number for record in index.trace if record.kind is kind)


def test_the_first_event_is_cold_because_nothing_exists() -> None:
    why = why_event(story(fire(0)), 1)
    assert why.question == "Why was #1 COLD?"
    assert why.answer == "No environment existed yet, so #1 waited for a new one: e1."
    assert "waited 1.12 s" in told(why)
    assert "function init 760 ms" in told(why)


@pytest.mark.rule("SIM-BIND")
def test_an_event_is_cold_because_the_others_are_busy() -> None:
    why = why_event(story(fire(0), fire(1.2)), 2)
    assert "e1 was serving #1 until 1.30 s" in why.answer
    assert "e1 became free 100 ms later" in told(why)
    assert "SIM-BIND" in why.rules


def test_an_event_is_cold_because_the_other_was_shut_down() -> None:
    why = why_event(story(fire(0), fire(700)), 2)
    assert (
        "e1 was shut down at 601.30 s because it had been idle 600 s †, so #2 waited" in why.answer
    )


@pytest.mark.rule("LIFE-01")
def test_the_end_of_an_idle_environment_is_told_as_not_published() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    index = story(fire(0), until=1_000)
    why = why_record(index, number_of(index, Kind.SHUTDOWN_IDLE))
    assert "the idle time drawn for it †" in why.answer
    assert "LIFE-01" in why.rules
    lines = " ".join(" ".join(explanation_lines(why, "2026-11-01")).split())
    assert f"LIFE-01 {RULES['LIFE-01'].statement}" in lines


def test_an_event_is_cold_after_a_deploy() -> None:
    why = why_event(story(fire(0), Deploy(at_us=5 * SECOND), fire(9)), 2)
    assert "e1 was shut down at 5.00 s because new code was deployed, so #2 waited" in why.answer


def test_an_old_configuration_serves_no_further_event() -> None:
    """e1 to e3 are idle or busy when memory changes: none of them could have served #5."""
    bigger = SetConfig(at_us=15 * SECOND, changes=(("memory_mb", 1_024),))
    why = why_event(story(fire(0, 3), fire(14, lasting=2), bigger, fire(15.5)), 5)
    assert why.answer == (
        "No environment was free: e3 had the old configuration and was to serve no further event; "
        "e1 and e2 were shut down at 15.00 s because the configuration was changed, so #5 waited "
        "for a new one: e4."
    )
    assert "LIFE-08" in why.rules
    assert "became free" not in told(why), "e3 is shut down the moment it is free"


def test_old_code_serves_no_further_event() -> None:
    deploy = Deploy(at_us=1_200 * MS)
    why = why_event(story(fire(0, 2), deploy, fire(1.25)), 3)
    assert "e1 and e2 had the old code and were to serve no further event, so #3" in why.answer


def test_a_change_of_capacity_makes_nothing_old() -> None:
    reserved = SetConfig(at_us=SECOND, changes=(("reserved_concurrency", 5),))
    why = why_event(story(fire(0), reserved, fire(1.2)), 2)
    assert "e1 was serving #1 until 1.30 s" in why.answer


def test_all_environments_that_were_shut_down_are_named() -> None:
    why = why_event(story(fire(0, 3), Deploy(at_us=5 * SECOND), fire(9)), 4)
    assert "e1, e2 and e3 were shut down at 5.00 s because new code was deployed" in why.answer
    later = story(fire(0), Reclaim(at_us=5 * SECOND, environment=0), fire(9), fire(900))
    words = "e2 was shut down at 610.30 s because it had been idle 600 s † (e1 before that)"
    assert words in why_event(later, 3).answer


def test_a_warm_start_says_how_long_its_environment_was_idle_and_might_have_been() -> None:
    why = why_event(story(fire(0), fire(373.3)), 2)
    assert why.question == "Why was #2 WARM?"
    assert "e1 had been idle 372 s; its reclaim time was drawn as 600 s †." in told(why)
    assert "the Init for #1" in told(why)
    assert "SIM-REUSE" not in why.rules, "there was no choice"


def test_a_choice_between_idle_environments_is_an_assumption() -> None:
    why = why_event(story(fire(0, 2), fire(9)), 3)
    assert "was idle too: the most recently used one is taken †" in told(why)
    assert why.causes[0].assumed


def test_a_choice_between_environments_that_never_served_speaks_of_no_use() -> None:
    index = story(Prewarm(at_us=0, count=2), fire(9))
    assert "e1 was idle too: the last to become idle is taken †." in told(why_event(index, 1))
    least = ACCOUNT.__class__(reuse=Reuse.LEAST_RECENT)
    chance = ACCOUNT.__class__(reuse=Reuse.RANDOM)
    drawn = story(fire(1), provisioned_concurrency=2, account=chance)
    assert "was idle too: one is taken by chance †." in told(why_event(drawn, 1))
    first = story(fire(1), provisioned_concurrency=2, account=least)
    assert "the first to become idle is taken †." in told(why_event(first, 1))


def test_an_allocation_is_told_with_its_own_number_of_environments() -> None:
    """Two more are asked for beside two that serve: provisioned concurrency is then 4."""
    index = story(Provision(at_us=0, count=4), fire(200), provisioned_concurrency=2)
    text = told(why_event(index, 1))
    assert "web-api's allocation of 2 provisioned environments began." in text
    assert "2 provisioned environments was ready as a whole, so it could serve." in text
    assert "Input: web-api's provisioned concurrency was set to 4." in text
    one = story(fire(1), provisioned_concurrency=1)
    assert "allocation of 1 provisioned environment was" in told(why_event(one, 1))


def test_pre_says_who_prepared_it() -> None:
    provisioned = why_event(story(fire(1), provisioned_concurrency=1), 1)
    assert provisioned.question == "Why was #1 PRE?"
    assert "provisioned concurrency" in provisioned.answer
    assert "The scenario began with provisioned concurrency 1 for web-api." in told(provisioned)
    ahead = why_event(story(Prewarm(at_us=0), fire(9)), 1)
    assert "proactive Init" in ahead.answer


@pytest.mark.rule("PRV-05")
def test_spillover_is_cold_although_there_is_provisioned_concurrency() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html."""
    why = why_event(story(fire(0, 3), provisioned_concurrency=2), 3)
    assert "Both provisioned environments were busy, so the event spilled over" in why.answer
    assert "PRV-05" in why.rules


def test_a_reinit_tells_the_chain_from_timeout_to_the_second_init() -> None:
    why = why_event(doom_loop(), 3)
    text = told(why)
    assert why.question == "Why was #3 a RE-INIT, and why did it time out?"
    assert "e1 was reset at 379.00 s" in why.answer
    assert "globals lost, /tmp kept (200 MB)" in text
    assert "#2 reached the timeout of 3 s" in text
    assert "E+R+F ran inside Invoke, 3 s of the 3 s timeout, before #3's handler" in text
    assert "a first Init has 10 s of its own" in text
    assert {"FAIL-03", "FAIL-04", "FAIL-05", "INV-05"} <= set(why.rules)


def test_a_reinit_without_extensions_has_no_extension_init() -> None:
    index = story(fire(0, outcome=Outcome.EXIT), fire(9), extensions=())
    assert "R+F ran inside Invoke, 980 ms of the 3 s timeout" in told(why_event(index, 2))
    assert "E+R+F" not in told(why_event(index, 2))


def test_a_timeout_tells_what_used_the_budget() -> None:
    index = doom_loop()
    assert "#2 used up the timeout of 3 s: handler 3 s." in why_event(index, 2).answer
    assert "handler 3 s = timeout 3 s. Its handler alone needs 5 s." in told(why_event(index, 2))
    third = told(why_event(index, 3))
    assert "re-init 3 s = timeout 3 s. Its handler, which needs 180 ms, never began." in third


def test_a_timeout_in_the_extension_tail_says_that_the_response_had_left() -> None:
    index = story(fire(0), extensions=(ExtensionPlan("slow", tail=Constant(9 * SECOND)),))
    text = told(why_event(index, 1))
    assert "handler 180 ms + extension tail 2.82 s = timeout 3 s" in text
    assert "Its response had left at" in text


def test_before_october_2024_a_reinit_did_not_count_against_the_timeout() -> None:
    """Source: https://aaronstuyvenberg.com/posts/lambda-timeout-doom-loop."""
    index = story(
        fire(0), fire(5, lasting=5), fire(20, lasting=5), rules_date="2024-01-01", until=60
    )
    text = told(why_event(index, 3))
    assert "1.02 s that did not count against the timeout then" in text
    assert "handler 3 s = timeout 3 s" in text


def test_an_init_over_ten_seconds_runs_again_inside_the_invocation() -> None:
    index = story(fire(0), init_function=Constant(11 * SECOND), timeout_us=60 * SECOND)
    why = why_event(index, 1)
    assert why.answer == "e1's first Init failed, so it ran again inside #1's invocation."
    assert "was not done after 10 s, so it was abandoned" in told(why)
    assert "ITO-01" in why.rules


def test_a_refusal_names_its_limit_and_who_used_it() -> None:
    why = why_event(story(fire(0, 3), reserved_concurrency=2), 3)
    assert why.question == "Why was #3 throttled (429)?"
    assert why.answer == "All 2 units of web-api's reserved concurrency were in use."
    assert "In use: e1 for #1 until 1.30 s and e2 for #2 until 1.30 s." in told(why)


def test_a_refusal_at_one_speaks_of_one() -> None:
    why = why_event(story(fire(0, 2), reserved_concurrency=1), 2)
    assert why.answer == "The only unit of web-api's reserved concurrency was in use."


def test_a_busy_environment_that_retires_still_holds_its_concurrency_until_it_is_done() -> None:
    deploy = Deploy(at_us=1_200 * MS)
    why = why_event(story(fire(0, 2), deploy, fire(1.25), reserved_concurrency=2), 3)
    assert "In use: e1 for #1 until 1.30 s and e2 for #2 until 1.30 s." in told(why)


def test_a_refusal_at_zero_says_so() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html."""
    why = why_event(story(fire(0), reserved_concurrency=0), 1)
    assert "its limit is 0" in why.answer


def test_a_refusal_for_growing_too_fast_names_the_allowance() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html."""
    account = story().plan.account.__class__(concurrency=5_000)
    why = why_event(story(fire(0, 1_001), account=account), 1_001)
    assert "1,000 at once" in why.answer


def test_failures_are_told_with_the_start() -> None:
    index = story(fire(0, outcome=Outcome.ERROR), fire(5, outcome=Outcome.OOM))
    assert "#1's handler reported an error; e1 stayed warm and froze." in told(why_event(index, 1))
    assert "ran out of memory" in told(why_event(index, 2))
    crashed = story(fire(0, lasting=2), Crash(at_us=2 * SECOND, environment=0))
    assert "Input: the runtime in e1 was killed." in told(why_event(crashed, 1))


def test_an_event_that_still_waits_is_explained_too() -> None:
    why = why_event(story(fire(0), until=0.5), 1)
    assert why.question == "Why is #1 waiting?"
    assert "No environment existed yet" in why.answer


def test_environments_are_explained_at_a_moment() -> None:
    index = story(fire(1), until=1_000)
    assert why_environment(index, 0, 0).question == "Why is there no e1 yet?"
    assert why_environment(index, 0, 2_200 * MS).question == "Why is e1 INVOKE at 2.20 s?"
    frozen = why_environment(index, 0, 9 * SECOND)
    assert frozen.question == "Why is e1 FROZEN at 9.00 s?"
    gone = why_environment(index, 0, 900 * SECOND)
    assert "no event came for 600 s" in gone.answer


def test_a_mark_is_explained_by_its_own_sentence_first() -> None:
    index = story(fire(0), until=1_000)
    why = why_record(index, number_of(index, Kind.SIGTERM_SENT))
    assert why.answer == "e1 had an extension, so its runtime got SIGTERM."
    assert why.question == "Why did e1's runtime get SIGTERM at 601.30 s?"
    assert "SHUT-07" in why.rules


def test_records_of_an_event_are_explained_by_their_event() -> None:
    index = story(fire(0))
    for kind in (Kind.ARRIVAL, Kind.INVOKE_COLD, Kind.INVOKE_OK):
        assert why_record(index, number_of(index, kind)).question == "Why was #1 COLD?"


def test_a_records_question_says_what_it_is_about() -> None:
    index = story(fire(0), Deploy(at_us=1_250 * MS), provisioned_concurrency=1, until=300)
    asked = {record.kind: why_record(index, record.number).question for record in index.trace}
    assert not any("this" in question for question in asked.values())
    assert asked[Kind.SCENARIO_START] == "What happened at -1.12 s?"
    assert asked[Kind.COMMAND] == "What happened at 1.25 s?"
    assert asked[Kind.EXTENSION_READY].startswith("What happened in e2 at ")
    assert asked[Kind.SHUTDOWN_DEPLOY] == "Why was e1 shut down at 1.25 s?"
    assert asked[Kind.CREATED_PROVISIONED].startswith("Why was e2 created at ")
    assert asked[Kind.PROVISION_READY].startswith("Why was web-api's allocation ready at ")
    assert asked[Kind.GONE] == "Why was e1 removed at 1.25 s?"
    timed_out = doom_loop()
    reset = next(r for r in timed_out.trace if r.kind is Kind.RESET_FINISHED)
    assert why_record(timed_out, reset.number).question == "What happened in e1 at 379.00 s?"


def test_a_record_reads_the_same_with_and_without_extensions() -> None:
    with_one = story(fire(0))
    started = with_one.trace[number_of(with_one, Kind.RUNTIME_INIT_STARTED)].number
    words = "All of e1's extensions were registered, so its runtime began."
    assert why_record(with_one, started).answer == words
    without = story(fire(0), extensions=())
    started = without.trace[number_of(without, Kind.RUNTIME_INIT_STARTED)].number
    words = "e1 had no extension to wait for, so its runtime began."
    assert why_record(without, started).answer == words


def test_commands_in_words() -> None:
    commands = (
        fire(0, 3),
        Pattern(at_us=0, gap_us=1e6 / 0.9, for_us=1_000 * SECOND),
        SetConfig(at_us=0, changes=(("timeout_us", 5 * SECOND), ("reserved_concurrency", None))),
        SetConfig(at_us=0, changes=(("memory_mb", 1_024), ("handler", Constant(5 * MS)))),
        Provision(at_us=0, count=5),
        Prewarm(at_us=0, count=2),
        Prewarm(at_us=0),
        Fire(at_us=0, over_us=SECOND),
        Fire(at_us=0, count=2, over_us=SECOND),
        Pattern(at_us=0, gap_us=1e6, for_us=SECOND, process="steady"),
        SetConfig(at_us=0, changes=(("runtime", "java21"), ("init_measured", True))),
        Reclaim(at_us=0, environment=4),
    )
    plan = story().plan
    assert [command_words(plan, command) for command in commands] == [
        "3 events were fired at web-api",
        "a Poisson pattern of 0.9 events a second was sent to web-api for 1000 s",
        "web-api was configured: timeout 5 s and no reserved concurrency",
        "web-api was configured: memory 1024 MB and handler",
        "web-api's provisioned concurrency was set to 5",
        "2 environments were to be made for web-api ahead of any event",
        "1 environment was to be made for web-api ahead of any event",
        "an event was fired at web-api",
        "2 events were fired at web-api, spread over 1 s",
        "a steady pattern of 1 event a second was sent to web-api for 1 s",
        "web-api was configured: runtime java21",
        "e5 was taken back",
    ]
