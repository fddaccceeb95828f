"""A/B: two runs at the same moment; only what really differs is told."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from lifecycle_tui.engine.plan import MS, SECOND, Fire, Plan, SetConfig
from lifecycle_tui.engine.worktime import Constant, Uniform
from lifecycle_tui.play.branches import MAIN
from lifecycle_tui.play.comparison import Comparison, likely_rival, told
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.compare import differences, figures
from tests.play.plans import COLD_US, FUNCTION, plan
from tests.play.test_session import play_on
from tests.strategies import plans


def forked() -> Session:
    """Two events; in the fork the timeout is shortened between them, which costs a cold start."""
    session = Session(plan(Fire(at_us=0), Fire(at_us=5 * SECOND)))
    session.toggle()
    play_on(session)
    session.player.seek(3 * SECOND)
    session.timeout_notch(-1)
    return session


def test_the_first_difference_is_the_retired_environment_then_the_cold_start() -> None:
    session = forked()
    compared = Comparison(session, MAIN)
    found = differences(session.index, compared.rival.index)
    assert [(one.at_us, one.what) for one in found[:2]] == [
        (3 * SECOND, "e1"), (5 * SECOND, "#2"),
    ]  # fmt: skip
    assert told(found[1], 5 * SECOND) == "#2: A COLD, waiting · B WARM, running"
    assert told(found[1], 9 * SECOND) == "#2: A COLD after 1.3 s · B WARM after 180 ms"
    assert told(found[0], 3 * SECOND) == "e1: A shut down: configuration · B lives on"


def test_jumping_puts_both_cursors_at_a_difference() -> None:
    compared = Comparison(forked(), MAIN)
    compared.session.player.seek(0)
    assert compared.jump(1).text.startswith("difference 1 of")
    compared.jump(1)
    assert compared.session.at_us == compared.rival.at_us == 5 * SECOND
    compared.jump(-1)
    assert compared.session.at_us == compared.rival.at_us == 3 * SECOND
    assert compared.jump(-1).refused


def test_figures_that_differ_come_first_and_hold_at_the_cursor() -> None:
    session = forked()
    compared = Comparison(session, MAIN)
    session.player.seek(2 * SECOND)
    compared.keep_up()
    assert not any(figure.change for figure in compared.shown().figures)
    session.player.seek(10 * SECOND)
    compared.keep_up()
    shown = {figure.name: figure for figure in compared.shown().figures}
    assert (shown["COLD"].a, shown["COLD"].b, shown["COLD"].change) == ("2", "1", "-1")
    assert shown["longest wait"].change == ""
    assert compared.shown().figures[0].change


def test_swapping_and_leaving() -> None:
    session = forked()
    compared = Comparison(session, likely_rival(session))
    assert compared.names == ("main.1", MAIN)
    assert compared.swap() is session
    assert compared.names == (MAIN, "main.1")
    assert session.branch.name == MAIN
    compared.leave()


def test_acting_in_the_comparison_leaves_the_other_side_alone() -> None:
    session = forked()
    compared = Comparison(session, MAIN)
    before = len(compared.rival.trace)
    session.fire()
    compared.keep_up()
    assert len(compared.rival.trace) == before
    assert any(one.what == "#2" for one in differences(session.index, compared.rival.index))


def test_another_scenario_is_compared_event_by_event() -> None:
    slow = replace(FUNCTION, init_function=Constant(2 * SECOND))
    a = Session(plan(Fire(at_us=0)))
    b = Session(plan(Fire(at_us=0), function=slow, title="Slow"))
    compared = Comparison(a, stranger=b)
    (first, *_) = differences(a.index, b.index)
    assert (first.what, first.at_us) == ("#1", COLD_US - 300 * MS)
    a.player.seek(5 * SECOND)
    compared.keep_up()
    assert compared.rival.at_us == 5 * SECOND
    assert compared.swap() is b
    assert compared.names == ("Slow", "A small story")


def test_an_event_that_only_one_run_has_is_a_difference() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=60 * SECOND)))
    session.player.seek(70 * SECOND)
    session.player.seek(30 * SECOND)
    session.fire()
    found = differences(session.index, Comparison(session, MAIN).rival.index)
    assert [(one.what, one.b.at(10**9)) for one in found] == [("#2", "-")]


def test_what_is_added_reshuffles_no_draw() -> None:
    random = replace(FUNCTION, handler=Uniform(100 * MS, 900 * MS))
    session = Session(plan(Fire(at_us=0), Fire(at_us=60 * SECOND), function=random))
    session.player.seek(70 * SECOND)
    session.player.seek(30 * SECOND)
    session.fire()
    found = differences(session.index, Comparison(session, MAIN).rival.index)
    assert [one.what for one in found] == ["#2"]


@given(plans())
@settings(max_examples=40)
def test_a_run_does_not_differ_from_itself(story: Plan) -> None:
    session = Session(story)
    other = Session(story)
    assert differences(session.index, other.index) == ()
    assert not any(figure.change for figure in figures(session.index, other.index, 10**9, ((), ())))


@given(plans())
@settings(max_examples=40)
def test_nothing_differs_before_what_was_done_otherwise(story: Plan) -> None:
    session = Session(replace(story, until_us=None))
    session.player.seek(20 * SECOND)
    session.player.seek(5 * SECOND)
    session.add(SetConfig(at_us=session.at_us, changes=(("timeout_us", 7 * SECOND),)))
    found = differences(session.index, Comparison(session, MAIN).rival.index)
    assert all(one.at_us >= session.at_us for one in found)
