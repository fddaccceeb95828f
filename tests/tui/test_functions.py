"""Scenarios of several functions: letters on lanes, a legend, and names on every part."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire
from lifecycle_tui.play.rows import LaneRun
from lifecycle_tui.play.view import Lane
from lifecycle_tui.readings.words import letter
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.functions import legend
from lifecycle_tui.tui.widgets.lanes import HEAD_WIDTH, Lanes, LaneSlice
from lifecycle_tui.tui.widgets.painted import text_of, width_of
from tests.play.plans import FUNCTION, plan
from tests.tui.conftest import MakeApp, sandbox
from tests.tui.conftest import text_of as screen_of

TWO = replace(
    plan(Fire(at_us=0), Fire(at_us=0, function=1), title="Two"),
    functions=(FUNCTION, replace(FUNCTION, name="checkout-worker")),
)


def test_each_function_has_its_letter() -> None:
    assert [letter(number) for number in (0, 1, 25, 26, 51, 52)] == ["A", "B", "Z", "a", "z", "+"]


def test_the_legend_says_as_much_as_fits() -> None:
    names = ("web-api", "checkout-worker", "image-resizer")
    assert text_of([legend(names, 80)]) == "  A web-api  B checkout-worker  C image-resizer"
    assert text_of([legend(names, 40)]) == "  A web-api  B checkout-worker …"
    assert legend(names, 6) == ()
    assert all(width_of(legend(names, room)) <= room for room in range(60))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)], ids=str)
def test_lanes_inspector_and_configuration_name_the_function(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async def story() -> None:
        app = make_app(TWO)
        async with app.run_test(size=size) as pilot:
            screen = sandbox(app)
            screen.session.player.seek(SECOND)
            screen.publish()
            screen.action_select(5)
            await pilot.press("F")
            await pilot.pause()
            text = screen_of(app)
            rows = text.splitlines()
            first = next(y for y, row in enumerate(rows) if row[1:].startswith("e1 "))
            assert rows[first][1:9] == "e1  A OD"
            assert rows[first + 1][1:9] == "e2  B OD"
            assert rows[first][12] == rows[first + 1][12]
            assert "e2 B checkout-worker" in text
            if size[0] == 80:
                assert rows[1].startswith(" B checkout-worker  timeout 3s")
                assert "RC none" in rows[1]
            else:
                assert "A web-api  B checkout-worker" in rows[1]
                assert "Config B checkout-worker" in text

    asyncio.run(story())


def test_one_function_needs_no_letter(make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app(plan(Fire(at_us=0)))
        async with app.run_test(size=(80, 24)) as pilot:
            sandbox(app).session.player.seek(SECOND)
            sandbox(app).publish()
            await pilot.pause()
            assert "e1   OD ~" in screen_of(app)
            assert "web-api" not in screen_of(app)

    asyncio.run(story())


@pytest.mark.parametrize("kind", ["OD", "v12"])
@pytest.mark.parametrize("several", [False, True])
def test_the_names_of_a_lane_leave_its_mark_and_its_axis_where_they_are(
    kind: str, several: bool
) -> None:
    lanes = Lanes(skin=Skin())
    for number in (1, 12, 100, 1_000):
        lane = Lane(number - 1, f"e{number}", kind, "*", (LaneRun("H", 3),), False, 1)
        lanes.set_reactive(Lanes.slice, LaneSlice(0, (lane,), 1, 5, "", several))
        row = text_of((lanes._runs(lane),))
        assert row.index("*") == (10 if several else 9)
        assert row.index("H") == HEAD_WIDTH
        assert row[HEAD_WIDTH - 1] == " "
        assert f"e{number}" in row
        assert kind in row
    if several and kind == "OD":
        hundredth = Lane(99, "e100", kind, "*", (), False, 1)
        assert text_of((lanes._runs(hundredth),)).startswith(" e100 B OD*")
