"""Words of events: nobody sees on screen what has not happened yet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import SECOND, Fire, Plan
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.arrivals import REFUSED, WORDS, Arrival, StartCounts, arrivals
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.commands import known
from lifecycle_tui.play.event_rows import event_row, refused_row
from lifecycle_tui.play.played import Played
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, view
from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.index import Index
from tests.play.plans import FUNCTION, plan
from tests.readings.runs import MANY
from tests.strategies import plans


def test_a_wait_is_cold_until_it_turns_out_to_be_something_else() -> None:
    one = Arrival(0, 1, "RE-INIT", 10 * SECOND)
    assert [one.seen(t) for t in (0, 10 * SECOND - 1, 10 * SECOND)] == ["COLD", "COLD", "RE-INIT"]
    counts = StartCounts([one, Arrival(SECOND, 2, REFUSED)])
    assert dict(counts.at(9 * SECOND)) == dict.fromkeys(WORDS, 0) | {"COLD": 1, REFUSED: 1}
    assert dict(counts.at(10 * SECOND)) == dict.fromkeys(WORDS, 0) | {"RE-INIT": 1, REFUSED: 1}


def test_an_init_that_will_be_abandoned_says_so_only_then() -> None:
    slow = FUNCTION.__class__(
        name="slow", init_function=Constant(12 * SECOND), timeout_us=30 * SECOND
    )
    session = Session(plan(Fire(at_us=0), function=slow))
    seen = []
    for moment in (0, 9 * SECOND, 12 * SECOND):
        session.player.seek(moment)
        shown = view(session, Camera(), Size(300, 0, 1))
        seen.append((shown.events[0].text, shown.events[0].look, dict(shown.starts)["RE-INIT"]))
    assert seen == [("1 COLD", "COLD", 0), ("1 COLD", "COLD", 0), ("1 RE-INIT", "RE-INIT", 1)]


@MANY
@given(plans(), st.integers(0, 119 * SECOND), st.sampled_from([100_000, 2_000_000, 60_000_000]))
def test_the_view_needs_nothing_that_is_not_known_yet(of: Plan, t_us: int, cell_us: int) -> None:
    trace = run(of).trace
    assert trace is not None
    last = trace.last_at(t_us)
    if last < 0:
        return
    whole, part = Played(trace), Index(known(trace, last))
    told = arrivals(part)
    picture = whole.picture(cell_us)
    camera = Camera(cell_us=cell_us).follow(picture.axis.to_story(t_us), 80)
    window = Window(camera, picture.axis, 80, t_us, picture.folds_us)
    assert event_row(whole.arrivals, window) == event_row(told, window)
    refused = tuple(one for one in told if one.word == REFUSED)
    assert refused_row(whole.refused, window) == refused_row(refused, window)
    snap_start = any(function.snap_start for function in of.functions)
    assert whole.starts.at(t_us) == StartCounts(told, snap_start=snap_start).at(t_us)
    assert counters_at(whole.index, t_us) == counters_at(part, t_us)
