"""The inspector: bars of one scale, and names where there are several functions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, FunctionPlan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.session import Session
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.functions import named
from lifecycle_tui.tui.widgets.inspector import inspect
from lifecycle_tui.tui.widgets.painted import Line, text_of, width_of
from tests.play.plans import FUNCTION, plan

ASCII = Skin(ascii_only=True)


def inspected(
    function: FunctionPlan, at_us: int, *, width: int = 66, height: int = 14, name: Line = ()
) -> list[str]:
    session = Session(plan(function=function))
    session.fire()
    state = environment_at(session.index, 0, at_us)
    lines = inspect(
        state, function, at_us=at_us, width=width, height=height, skin=ASCII, function=name
    )
    assert max(width_of(line) for line in lines) <= width
    return text_of(lines).splitlines()


def test_a_bar_twice_as_long_is_twice_the_time() -> None:
    quick = replace(
        FUNCTION,
        extensions=(),
        init_runtime=Constant(50 * MS),
        init_function=Constant(50 * MS),
        handler=Constant(2_800 * MS),
    )
    rows = inspected(quick, 100 * MS + 100 * MS + 2_800 * MS)
    handler = next(row.count("H") for row in rows if "H handler" in row) - 1
    runtime = next(row.count("R") for row in rows if "R runtime init" in row) - 1
    assert runtime == 1
    assert handler > 20


def test_budgets_stay_beside_the_bars() -> None:
    rows = "\n".join(inspected(FUNCTION, 2 * SECOND))
    assert "1.02 s of 10 s" in rows
    assert "of 3 s" in rows


@pytest.mark.rule("IAM-01")
@pytest.mark.rule("IAM-02")
def test_whose_credentials_it_holds_and_since_when() -> None:
    rows = inspected(FUNCTION, 2 * SECOND, height=16)
    assert rows[-1] == "role    web-api-role · credentials issued 0.000 s, 2 s old †"
    assert not any("role" in row for row in inspected(FUNCTION, 2 * SECOND, height=8))


def test_the_function_is_named_where_there_are_several() -> None:
    name = named(1, "checkout-worker-of-the-shop")
    first = inspected(FUNCTION, 1_200 * MS, width=78, name=name)[0]
    assert first.startswith("e1 B checkout-worker… on-demand v1")
    narrow = inspected(FUNCTION, 1_200 * MS, width=66, name=name)[0]
    assert narrow.startswith("e1 B checkout-worker… v1")
