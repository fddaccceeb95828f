"""Rows of the time axis: nothing short is lost, nothing drawn changes, folds are labelled."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.plan import HOUR, SECOND, Fire
from lifecycle_tui.play.arrivals import Arrival
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.event_rows import event_row, refused_row
from lifecycle_tui.play.player import TrueAxis
from lifecycle_tui.play.rows import LaneRun, lane, spread
from lifecycle_tui.play.ruler import ruler_row, tick_step
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, follow, view
from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.model import Phase, Segment
from tests.play.plans import FUNCTION, plan

MS = 1_000


def window(now_us: int, width: int = 60, camera: Camera | None = None) -> Window:
    return Window(camera or Camera(), TrueAxis(), width, now_us)


def life(*parts: tuple[Phase, int]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    start = 0
    for number, (phase, length) in enumerate(parts):
        cut = phase is Phase.HANDLER and length == 777 * MS
        segments.append(Segment(start, start + length, phase, 1, number, cut))
        start += length
    return tuple(segments)


def drawn(runs: tuple[LaneRun, ...]) -> str:
    return "".join(run.mark * run.length for run in runs)


def test_a_handler_that_reported_an_error_ends_in_a_mark_once_it_is_over() -> None:
    failed = Segment(0, 500 * MS, Phase.HANDLER, 1, 0, failed=True)
    assert drawn(lane((failed,), window(400 * MS))) == "HHHH>"
    assert drawn(lane((failed,), window(900 * MS))) == "HHHHx"
    at_once = failed._replace(end_us=0)
    assert drawn(lane((at_once,), window(900 * MS))) == "x"


def test_each_short_phase_has_a_cell() -> None:
    story = life(
        (Phase.PLACEMENT, 100 * MS),
        (Phase.EXTENSION_INIT, 10 * MS),
        (Phase.RUNTIME_INIT, 20 * MS),
        (Phase.FUNCTION_INIT, 500 * MS),
        (Phase.HANDLER, 5 * MS),
        (Phase.FROZEN, 5 * SECOND),
    )
    text = drawn(lane(story, window(2 * SECOND)))
    assert text.startswith("PERFF")
    assert text.count("H") == 1
    assert len(text) == 20


def test_what_is_drawn_never_changes_as_time_passes() -> None:
    story = life(
        (Phase.PLACEMENT, 130 * MS),
        (Phase.EXTENSION_INIT, 1 * MS),
        (Phase.RUNTIME_INIT, 250 * MS),
        (Phase.HANDLER, 777 * MS),
        (Phase.RESET, 30 * MS),
        (Phase.FROZEN, 3 * SECOND),
    )
    before = ""
    for now in range(0, 4 * SECOND, 50 * MS):
        runs = lane(story, window(now))
        text = drawn(tuple(run for run in runs if run.mark != ">"))
        assert text.startswith(before.rstrip()[:-1])
        before = text


def test_a_cut_ends_in_a_mark() -> None:
    story = life((Phase.HANDLER, 777 * MS), (Phase.RESET, 1 * MS), (Phase.FROZEN, SECOND))
    assert drawn(lane(story, window(SECOND))).startswith("HHHHHH!!")


def test_a_reset_or_shutdown_of_no_time_has_its_cell() -> None:
    story = life(
        (Phase.FROZEN, SECOND), (Phase.RESET, 0), (Phase.FROZEN, SECOND), (Phase.SHUTDOWN, 0)
    )
    assert drawn(lane(story, window(5 * SECOND))) == "-" * 10 + "!" + "-" * 9 + "S"


def test_what_goes_on_points_ahead() -> None:
    story = life((Phase.PLACEMENT, 100 * MS), (Phase.HANDLER, SECOND))
    runs = lane(story, window(600 * MS))
    assert runs[-1] == LaneRun(">", 1, 1, "H")


def test_events_of_one_column_are_told_together() -> None:
    arrivals = [Arrival(0, 1, "WARM"), Arrival(1, 2, "COLD"), Arrival(2, 3, "COLD")]
    (label,) = event_row(arrivals, window(SECOND))
    assert label.text == "1-3 1 WARM, 2 COLD"
    crowded = [*arrivals, Arrival(500 * MS, 4, "429")]
    assert [label.text for label in event_row(crowded, window(SECOND))] == ["1-3", "4 429"]


def test_events_to_come_are_not_shown() -> None:
    assert event_row([Arrival(5, 1, "COLD")], window(4)) == ()


def test_refused_events_are_counted() -> None:
    refused = [Arrival(0, 1, "429"), Arrival(1, 2, "429"), Arrival(900 * MS, 3, "429")]
    assert [label.text for label in refused_row(refused, window(SECOND))] == ["x2", "x"]


def test_the_ruler_has_round_times() -> None:
    texts = [label.text for label in ruler_row(window(0, 40))]
    assert texts == ["|0s", "|1s", "|2s", "|3s"]
    assert tick_step(20 * MS) == 200 * MS


def test_labels_never_overlap() -> None:
    row = spread(ruler_row(window(90 * SECOND, 200)), 200)
    assert sum(len(text) for text, _, _ in row) == 200


def test_idle_time_is_folded_and_labelled() -> None:
    session = Session(plan(Fire(at_us=0), Fire(at_us=300 * SECOND)))
    session.player.seek(301 * SECOND)
    shown = view(session, follow(session, Camera(), 60), Size(60, 0, 4))
    assert ":4m58s:" in [label.text for label in shown.ruler]
    assert ":" in {run.mark for run in shown.lanes[0].runs}


def test_only_visible_lanes_are_built() -> None:
    session = Session(plan(Fire(at_us=0, count=50)))
    session.player.seek(SECOND)
    shown = view(session, Camera(), Size(60, 10, 5))
    assert shown.lane_count == 50
    assert [lane.number for lane in shown.lanes] == [10, 11, 12, 13, 14]


def test_the_head_of_a_lane_says_ready_where_the_run_ends() -> None:
    """The last moment that was simulated belongs to the last segment, which ends there."""
    ready = replace(FUNCTION, provisioned_concurrency=1)
    session = Session(plan(function=ready))
    session.player.seek(HOUR)
    shown = view(session, Camera(), Size(60, 0, 8))
    assert [each.mark for each in shown.lanes] == ["="]
