"""What the screen shows of two versions: which one an environment runs, while there are two."""

from __future__ import annotations

from lifecycle_tui.engine.plan import SECOND, Deploy, Fire, FunctionPlan, Plan, Shift
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.commands import describe
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, view

CANARY = Deploy(at_us=10 * SECOND, weight=0.5)
MOVE = Shift(at_us=30 * SECOND, weight=1.0)


def kinds(second: float) -> list[str]:
    """Return what the lanes say at a time."""
    plan = Plan(
        (FunctionPlan("f", handler=Constant(SECOND)),),
        commands=(Fire(at_us=0), CANARY, Fire(at_us=15 * SECOND, count=8), MOVE),
    )
    session = Session(plan, at_us=round(second * SECOND))
    return [lane.kind for lane in view(session, Camera(), Size(80, 0, 20)).lanes]


def test_lanes_name_the_version_only_while_two_are_live() -> None:
    assert set(kinds(5)) == {"OD"}
    assert set(kinds(20)) == {"v1", "v2"}
    assert set(kinds(40)) == {"OD"}


def test_why_can_be_asked_while_a_snapshot_is_still_to_come() -> None:
    function = FunctionPlan("f", snap_start=True, handler=Constant(9 * SECOND), timeout_us=SECOND)
    story = (Fire(at_us=0, count=2), Deploy(at_us=SECOND // 2), Fire(at_us=SECOND // 2 + 1))
    session = Session(Plan((function,), commands=(*story, Deploy(at_us=60 * SECOND))))
    start = session.index.attempt(3).start
    session.player.seek(session.index.times[start])
    assert "#3" in session.explanation(start).question


def test_commands_are_told_with_their_weights() -> None:
    told = [describe(CANARY), describe(Deploy(at_us=0)), describe(MOVE)]
    assert told == ["deploy for 50 % of events", "deploy", "alias moved to 100 %"]
