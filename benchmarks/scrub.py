"""Seeking in a run of 10,000 events, and scrubbing the ruler with the mouse over 200 lanes.

The app runs in a process of its own, with a driver that takes what would go to the terminal. A seek
goes to moments all over the run, in each way to draw time; it counts from the move of the cursor
until the frame that shows the moment has been written. A scrub is a move of the held mouse over
the ruler or the overview. Verdicts use the mean processor time of the thread that simulates, lays
out and paints; the 95th percentile (which holds the collector) and wall time are printed beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean, median

from frames import Recorder, busy_plan, started
from measure import Verdicts, machine, run_child
from textual import events
from textual.widget import Widget

from lifecycle_tui.engine.plan import HOUR, MS, SECOND, AccountPlan, FunctionPlan, Pattern, Plan
from lifecycle_tui.engine.worktime import Uniform
from lifecycle_tui.play.camera import AxisMode
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.launch import calm_collector
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.widgets.lanes import HEAD_WIDTH
from lifecycle_tui.tui.widgets.overview import OverviewBar
from lifecycle_tui.tui.widgets.ruler import Ruler

HERE = Path(__file__).resolve()
EVENTS = 10_000
SEEK_MS = 50.0
FRAMES_A_SECOND = 30.0
REST_S = 0.25
"""Between seeks: what is looked for after the frame (contrasts) is found by then."""
MOVE_S = 0.02
"""From one move of the mouse to the next, at least."""
STRIDE = 0.618_033_988_749_895
"""Moments of the run in the golden ratio: everywhere, and never twice."""


def long_plan() -> Plan:
    """Return a plan with 10,000 events in an hour."""
    function = FunctionPlan(
        name="web-api",
        timeout_us=30 * SECOND,
        init_runtime=Uniform(100 * MS, 300 * MS),
        init_function=Uniform(300 * MS, 900 * MS),
        handler=Uniform(100 * MS, 4 * SECOND),
    )
    traffic = Pattern(at_us=0, gap_us=HOUR / EVENTS, for_us=HOUR, process="steady")
    return Plan((function,), AccountPlan(), (traffic,), title="An hour", seed=1)


async def cost(act: Callable[[], object]) -> tuple[float, float]:
    """Do something that changes the screen; return processor and wall milliseconds."""
    Recorder.wrote.clear()
    began, used = time.perf_counter(), time.thread_time()
    act()
    await asyncio.wait_for(Recorder.wrote.wait(), 5)
    costs = (time.thread_time() - used) * 1000, (Recorder.written_at - began) * 1000
    await asyncio.sleep(MOVE_S)
    return costs


def recorded(session: Session) -> LifecycleApp:
    """Return the app on a session, with a terminal that nobody sees."""
    app = LifecycleApp(session)
    app.driver_class = Recorder
    calm_collector()
    return app


def use(screen: Sandbox, mode: AxisMode) -> None:
    """Draw time in one of the ways."""
    while screen.camera.mode is not mode:
        screen.action_next_axis()


async def seek_ms(seeks: int, pane: str) -> dict[str, dict[str, float]]:
    """Seek all over a long run, with a pane shown; return milliseconds by way to draw time."""
    session = Session(long_plan())
    assert len(session.index.events) == EVENTS
    running, screen = await started(app := recorded(session))
    session.player.seek(HOUR)
    screen.action_pane(pane)
    await asyncio.sleep(1.0)
    found: dict[str, dict[str, float]] = {}
    place = 0.0
    for mode in AxisMode:
        use(screen, mode)
        await asyncio.sleep(0.5)
        costs: list[tuple[float, float]] = []
        for _ in range(seeks):
            place = (place + STRIDE) % 1

            def act(at_us: int = int(place * HOUR)) -> None:
                session.player.seek(at_us)
                screen.publish()

            await asyncio.sleep(REST_S)
            costs.append(await cost(partial(screen.call_later, act)))
        cpu = sorted(each for each, _ in costs)
        wall = median(each for _, each in costs)
        found[mode] = {"mean": mean(cpu), "p95": cpu[int(len(cpu) * 0.95)], "wall": wall}
    app.exit()
    await running
    return found


async def scrub_ms(moves: int, pane: str) -> dict[str, dict[str, float]]:
    """Drag over ruler and overview of a busy run; return milliseconds by row and way."""
    session = Session(busy_plan(200), at_us=12 * SECOND)
    running, screen = await started(app := recorded(session))
    screen.action_pane(pane)
    await asyncio.sleep(1.0)
    driver = app._driver
    assert driver is not None
    found: dict[str, dict[str, float]] = {}
    for mode in AxisMode:
        for row in (screen.query_one(Ruler), screen.query_one(OverviewBar)):
            session.player.seek(12 * SECOND)
            use(screen, mode)
            screen.call_later(screen.publish)
            await asyncio.sleep(0.5)
            shown = screen.shown
            assert shown is not None
            last = shown.playhead if isinstance(row, Ruler) else 60

            def mouse(kind: type[events.MouseEvent], column: int, row: Widget = row) -> None:
                x, y = row.region.x + HEAD_WIDTH + column, row.region.y
                driver.process_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))

            mouse(events.MouseDown, last)
            columns = [*range(last - 1, 0, -1), *range(2, last)]
            costs = [
                (await cost(partial(mouse, events.MouseMove, columns[move % len(columns)])))[0]
                for move in range(moves)
            ]
            mouse(events.MouseUp, 1)
            await asyncio.sleep(0.2)
            each = mean(costs)
            found[f"{mode}, {type(row).__name__}"] = {"mean": each, "fps": 1000 / each}
    app.exit()
    await running
    return found


def medians(command: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Run a worker several times, and return the median of each of its figures."""
    runs = [run_child(command).json() for _ in range(rounds)]
    return {
        way: {name: median(run[way][name] for run in runs) for name in figures}
        for way, figures in runs[0].items()
    }


def main() -> int:
    """Parse the arguments, measure, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--seeks", type=int, default=40, help="in each way (default 40)")
    parser.add_argument("--moves", type=int, default=40, help="of the mouse (default 40)")
    parser.add_argument("--pane", action="append", help="shown meanwhile (default: why, metrics)")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        what, pane = arguments.worker.split(":")
        measured = (
            seek_ms(arguments.seeks, pane) if what == "seek" else scrub_ms(arguments.moves, pane)
        )
        print(json.dumps(asyncio.run(measured)))
        return 0
    me = [sys.executable, str(HERE), f"--seeks={arguments.seeks}", f"--moves={arguments.moves}"]
    print(machine())
    verdicts = Verdicts()
    slowest, fewest = 0.0, float("inf")
    for pane in arguments.pane or ("why", "metrics"):
        for way, ms in medians([*me, f"--worker=seek:{pane}"], arguments.rounds).items():
            words = f"{ms['mean']:6.1f} ms a seek, 95th percentile {ms['p95']:.1f} ms"
            print(f"  {way:6} axis, {pane:8}{words}; {ms['wall']:.0f} ms by the wall")
            slowest = max(slowest, ms["mean"])
        for way, ms in medians([*me, f"--worker=scrub:{pane}"], arguments.rounds).items():
            words = f"{ms['mean']:6.1f} ms a move: {ms['fps']:.0f} frames a second"
            print(f"  {way:18}, {pane:8}{words}")
            fewest = min(fewest, ms["fps"])
    words = f"{EVENTS:,} events: a seek takes {slowest:.1f} ms with any axis, under {SEEK_MS:.0f}"
    verdicts.check(words, slowest < SEEK_MS)
    words = f"200 lanes: the mouse scrubs at {fewest:.0f} frames a second, above 30"
    verdicts.check(words, fewest > FRAMES_A_SECOND)
    return verdicts.exit_code


if __name__ == "__main__":
    sys.exit(main())
