"""The row of changes: what was done, and what scaling did, where it happened."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import (
    SECOND,
    Command,
    Crash,
    Deploy,
    Fire,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.scaling_plan import Autoscaling, ScheduledAction
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.changes import Change, change_row, changes, words_of
from lifecycle_tui.play.player import TrueAxis
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, view
from lifecycle_tui.play.window import Window
from lifecycle_tui.scenario.catalogue import load_scenario
from tests.play.plans import FUNCTION, plan


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Deploy(at_us=0), "deploy"),
        (Deploy(at_us=0, weight=0.1), "deploy 10 %"),
        (Shift(at_us=0, weight=0.5), "alias 50 %"),
        (Provision(at_us=0, count=3), "PC 3"),
        (Prewarm(at_us=0), "prewarm"),
        (Prewarm(at_us=0, count=2), "prewarm 2"),
        (Reclaim(at_us=0, environment=0), "reclaim e1"),
        (Crash(at_us=0, environment=1), "crash e2"),
        (SetConfig(at_us=0, changes=(("timeout_us", 5 * SECOND),)), "timeout 5 s"),
        (SetConfig(at_us=0, changes=(("reserved_concurrency", None),)), "RC none"),
        (
            SetConfig(at_us=0, changes=(("memory_mb", 128), ("init_function", 1))),
            "mem 128, init",
        ),
    ],
)
def test_a_change_in_a_word_or_two(command: Command, words: str) -> None:
    assert words_of(command) == words


def test_what_lambda_changes_by_itself_is_told_too() -> None:
    scaled = Session(load_scenario("target-tracking")).played.changes
    assert Change(180 * SECOND, "scaled: PC 3") in scaled
    queue = [change.text for change in Session(load_scenario("sqs-scaling")).played.changes]
    assert queue[:2] == ["5 pollers", "305 pollers"]
    published = Session(load_scenario("snapstart-side-by-side")).played.changes
    assert [change.text for change in published] == ["A deploy", "B deploy", "B v2 Active"]


def test_changes_are_labelled_up_to_the_cursor_and_counted_where_there_is_no_room() -> None:
    found = tuple(Change(at * SECOND, f"PC {at}") for at in (1, 2, 3, 9))
    near = Window(Camera(), TrueAxis(), 60, 3 * SECOND)
    assert [(each.column, each.text) for each in change_row(found, near)] == [
        (10, "PC 1"), (20, "PC 2"), (30, "PC 3"),
    ]  # fmt: skip
    far = Window(Camera(cell_us=2 * SECOND), TrueAxis(), 60, 20 * SECOND)
    assert [(each.column, each.text) for each in change_row(found, far)] == [(0, "PC 1 … +3")]


def test_a_label_at_the_right_edge_is_not_cut() -> None:
    window = Window(Camera(), TrueAxis(), 20, 30 * SECOND)
    (label,) = change_row((Change(19 * SECOND // 10, "reclaim e1"),), window)
    assert label.column + len(label.text) == 20


def test_the_row_is_there_only_where_something_changes() -> None:
    quiet = Session(plan(Fire(at_us=0)))
    shown = view(quiet, Camera(), Size(60, 0, 1))
    assert (shown.changes, shown.has_changes) == ((), False)
    quiet.deploy()
    shown = view(quiet, Camera(), Size(60, 0, 1))
    assert [label.text for label in shown.changes] == ["deploy"]
    several = replace(plan(Deploy(at_us=0, function=1)), functions=(FUNCTION, FUNCTION))
    assert [each.text for each in changes(Session(several).index)] == ["B deploy"]


def test_scaling_is_told_where_no_environment_ever_was() -> None:
    nothing = Autoscaling(0, 0, scheduled=(ScheduledAction(10 * SECOND, 0, 0),))
    function = replace(FUNCTION, autoscaling=nothing)
    session = Session(plan(function=function, until_us=60 * SECOND))
    assert changes(session.index) == (Change(10 * SECOND, "scaled: PC 0"),)
