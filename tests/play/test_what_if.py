"""Trying out what would have made the difference: a fork with one change, and the way back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from lifecycle_tui.engine.plan import MS, SECOND, Amendment, Deploy, Fire, Plan
from lifecycle_tui.play.branches import WhatIf
from lifecycle_tui.play.contrasts import Contrast, contrasts
from lifecycle_tui.play.contrasts.asking import Contrasts, fork_before, subject_in, try_out
from lifecycle_tui.play.contrasts.changes import EventChanged, LeftOut
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Start
from lifecycle_tui.readings.why import command_words
from tests.play.plans import COLD_US, FUNCTION, plan
from tests.readings.runs import MANY, read
from tests.strategies import plans

BUSY = plan(Fire(at_us=0), Fire(at_us=COLD_US - 100 * MS))


def seen_to_the_end(session: Session, at_us: int = 60 * SECOND) -> Session:
    session.player.seek(at_us)
    return session


def one(session: Session, event: int, words: str) -> Contrast:
    return next(c for c in contrasts(session.index, event) if words in c.words)


def test_a_contrast_is_tried_out_in_a_fork_that_undo_drops_and_redo_brings_back() -> None:
    session = seen_to_the_end(Session(BUSY))
    later = one(session, 2, "later")
    note = try_out(session, later)
    assert note.text.startswith("main.1: had #2 come 100 ms later")
    assert session.branch.name == "main.1"
    assert session.at_us == later.time_us
    assert invocation_at(session.index, 2).start is Start.WARM
    record = subject_in(session, later)
    assert record == session.index.events[1].start
    session.undo()
    assert session.branch.name == "main"
    assert invocation_at(session.index, 2).start is Start.COLD
    session.redo()
    assert session.branch.name == "main.1"
    assert invocation_at(session.index, 2).start is Start.WARM


def test_two_changes_go_on_top_of_each_other() -> None:
    session = seen_to_the_end(Session(plan(*BUSY.commands, Fire(at_us=COLD_US - 50 * MS))))
    try_out(session, one(session, 2, "later"))
    seen_to_the_end(session)
    try_out(session, one(session, 3, "With provisioned concurrency"))
    assert session.plan.commands[1] == replace(
        BUSY.commands[1],
        amended=(Amendment(0, later_us=100 * MS),),  # type: ignore[call-arg]
    )
    assert session.base.functions[0].provisioned_concurrency > 0
    assert session.branch.name == "main.1.1"


def test_a_live_command_can_be_left_out_and_live_events_be_changed() -> None:
    session = Session(plan(Fire(at_us=0)))
    seen_to_the_end(session, 3 * SECOND)
    session.deploy()
    seen_to_the_end(session, 5 * SECOND)
    session.fire()
    seen_to_the_end(session)
    contrast = one(session, 2, "Without the input at 3.00 s (new code was deployed to web-api)")
    assert contrast.change == LeftOut(1)
    try_out(session, contrast)
    assert [type(command) for command in session.plan.commands] == [Fire, Fire]
    assert session.base.commands == (Fire(at_us=0),)
    assert invocation_at(session.index, 2).start is Start.WARM
    # What is done after that is done in the fork as anywhere else.
    seen_to_the_end(session)
    session.fire()
    assert len(session.plan.commands) == 3


@MANY
@given(plans())
def test_a_change_of_a_branch_is_the_change_of_its_whole_plan(whole: Plan) -> None:
    count = len(whole.commands) // 2
    base = replace(whole, commands=whole.commands[:count])
    index = read(whole)
    for contrast in contrasts(index, 1) if index.events else ():
        parts = contrast.change.split(base, whole.commands[count:])
        assert replace(parts[0], commands=parts[0].commands + parts[1]) == (
            contrast.change.applied(whole)
        )
        left_out = isinstance(contrast.change, LeftOut) and contrast.change.command < count
        assert len(parts[0].commands) == count - left_out


def test_the_prefix_of_a_fork_is_its_parents() -> None:
    session = seen_to_the_end(Session(BUSY))
    parent = session.trace
    try_out(session, one(session, 2, "later"))
    last = parent.last_at(COLD_US - 101 * MS)
    assert last > 5
    assert [session.trace[n] for n in range(last)] == [parent[n] for n in range(last)]


def test_the_input_says_that_it_was_changed() -> None:
    session = seen_to_the_end(Session(BUSY))
    try_out(session, one(session, 2, "later"))
    words = command_words(session.plan, session.plan.commands[1])
    assert words == "an event was fired at web-api, 100 ms later"
    shorter = EventChanged(0, 1, shorter_us=20 * MS).applied(plan(Fire(at_us=0, count=3)))
    assert command_words(shorter, shorter.commands[0]) == (
        "3 events were fired at web-api, 1 of them with a handler 20 ms shorter"
    )


def test_a_fork_before_a_cause_stands_just_before_it() -> None:
    session = seen_to_the_end(Session(BUSY))
    note = fork_before(session, COLD_US)
    assert not note.refused
    assert session.branch.name == "main.1"
    assert session.at_us == COLD_US - 1
    assert not session.branch.own


def test_what_was_found_is_kept_for_the_run_and_found_anew_for_another() -> None:
    session = seen_to_the_end(Session(BUSY))
    book = Contrasts()
    start = session.index.events[1].start
    assert book.known(session, start) is None
    runs = sum(1 for _ in book.look(session, start))
    assert runs > 0
    found = book.known(session, start)
    assert found
    assert found == contrasts(session.index, 2)
    # A little later nothing more is known: it is not run again.
    seen_to_the_end(session, 61 * SECOND)
    assert book.known(session, start) is None
    assert list(book.look(session, start)) == []
    assert book.known(session, start) == found
    session.fire()
    assert book.known(session, start) is None


def test_what_is_told_at_a_moment_is_what_is_known_then() -> None:
    session = Session(BUSY)
    book = Contrasts()
    arrival_us = COLD_US - 100 * MS
    creation = session.index.events[1].creation
    session.player.seek(arrival_us)
    list(book.look(session, creation))
    early = book.known(session, creation)
    assert early is not None
    assert not any("been free" in contrast.words for contrast in early)
    session.player.seek(COLD_US)
    list(book.look(session, creation))
    late = book.known(session, creation)
    assert late is not None
    assert any("been free" in contrast.words for contrast in late)


def test_a_step_is_described_by_its_condition() -> None:
    session = seen_to_the_end(Session(plan(Fire(at_us=0), Deploy(at_us=3 * SECOND))))
    (contrast,) = contrasts(session.index, 1)
    try_out(session, contrast)
    (step,) = session.branch.own
    assert isinstance(step, WhatIf)
    assert step.words == contrast.condition == "With provisioned concurrency 1"
    assert session.base.functions[0] == replace(FUNCTION, provisioned_concurrency=1)
