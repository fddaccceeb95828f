"""Time of a frame with 5, 100 and 500 lanes and with each pane, and from a key press to the screen.

The app runs in a process of its own, with a driver that takes what would go to the terminal. A
frame's time is the processor time of the whole process while it plays, over the frames drawn: it
holds simulation, layout, painting and the bytes for the terminal. A key's latency is wall time,
from the key press to the arrival of the bytes that show its effect, with 200 environments.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median

from measure import Verdicts, machine, run_child
from textual import events
from textual.drivers.headless_driver import HeadlessDriver

from lifecycle_tui.engine.plan import (
    MS,
    SECOND,
    AccountPlan,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Pattern,
    Plan,
    Reuse,
)
from lifecycle_tui.engine.worktime import Constant, Uniform
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.launch import calm_collector
from lifecycle_tui.tui.screens.panes import SHARED
from lifecycle_tui.tui.screens.sandbox import Sandbox

HERE = Path(__file__).resolve()
KEYS = (
    ("step", "full_stop", "."),
    ("step back", "comma", ","),
    ("scrub", "right", None),
    ("next environment", "down", None),
    ("log", "L", "L"),
    ("why", "w", "w"),
    ("look wider", "minus", "-"),
    ("look closer", "plus", "+"),
    ("shorter timeout", "t", "t"),
    ("send an event", "i", "i"),
)
CHANGES = ("shorter timeout", "send an event")
"""Keys that make the whole run anew: they are answered first, then carried out."""
KEY_PAUSE_S = 0.3
KEY_LIMIT_S = 3.0


class Recorder(HeadlessDriver):
    """A terminal that nobody sees: it notes when something was last written, and how much."""

    written_at = 0.0
    bytes_written = 0
    wrote = asyncio.Event()

    @property
    def is_headless(self) -> bool:
        """Say no, so that the app renders in full."""
        return False

    def write(self, data: str) -> None:
        """Take output."""
        if not Recorder.wrote.is_set():
            # The frame that answers the key; what may wait (log, reasons) follows in another.
            Recorder.written_at = time.perf_counter()
        Recorder.bytes_written += len(data)
        Recorder.wrote.set()


def busy_plan(environments: int) -> Plan:
    """Return a plan in which so many environments live and keep working."""
    function = FunctionPlan(
        name="busy",
        timeout_us=30 * SECOND,
        init_runtime=Uniform(100 * MS, 300 * MS),
        init_function=Uniform(300 * MS, 900 * MS),
        handler=Uniform(500 * MS, 4 * SECOND),
        extensions=(ExtensionPlan("otel", register=Constant(40 * MS), tail=Constant(60 * MS)),),
    )
    account = AccountPlan(reuse=Reuse.LEAST_RECENT)
    burst = Fire(at_us=0, count=environments, duration=Constant(2 * SECOND))
    # Half of the environments are busy at any time.
    gap_us = 4.5 * SECOND / environments
    traffic = Pattern(at_us=4 * SECOND, gap_us=gap_us, for_us=20 * SECOND)
    return Plan((function,), account, (burst, traffic), title="Busy", seed=1)


async def started(app: LifecycleApp) -> tuple[asyncio.Task[int | None], Sandbox]:
    """Start the app and wait for its main screen."""
    running = asyncio.create_task(app.run_async(size=(120, 40)))
    while not (isinstance(app.screen_stack and app.screen, Sandbox) and Recorder.bytes_written):
        await asyncio.sleep(0.05)
        if running.done():
            raise SystemExit(f"the app ended: {running.exception() or app.return_value}")
    await asyncio.sleep(1.0)
    screen = app.screen
    assert isinstance(screen, Sandbox)
    return running, screen


def make_app(environments: int, at_us: int) -> LifecycleApp:
    """Return the app on a busy plan, at a moment."""
    session = Session(busy_plan(environments), scenario_name="busy", at_us=at_us)
    app = LifecycleApp(session)
    app.driver_class = Recorder
    calm_collector()
    return app


def counted(call: Callable[[float], None], calls: list[float]) -> Callable[[float], None]:
    """Return a function that notes the processor time of each call of another."""

    def counting(seconds: float) -> None:
        calls.append(time.process_time())
        call(seconds)

    return counting


async def frame_ms(lanes: int, seconds: float, pane: str) -> dict[str, float]:
    """Play for a while with a pane shown and return processor milliseconds a frame."""
    app = make_app(lanes, 8 * SECOND)
    running, screen = await started(app)
    screen.action_pane(pane)
    await asyncio.sleep(1.0)
    ticks: list[float] = []
    screen.advance = counted(screen.advance, ticks)  # type: ignore[method-assign,assignment]
    screen.action_play()
    await asyncio.sleep(seconds)
    screen.action_play()
    each = [(after - before) * 1000 for before, after in pairwise(ticks)]
    app.exit()
    await running
    return {
        "frames": len(each),
        "mean_ms": sum(each) / len(each),
        "p95_ms": sorted(each)[int(len(each) * 0.95)],
        "bytes": Recorder.bytes_written / len(each),
    }


async def key_ms(environments: int, presses: int) -> dict[str, float]:
    """Press keys and return the median milliseconds from each to the screen."""
    app = make_app(environments, 12 * SECOND)
    running, _ = await started(app)
    driver = app._driver
    assert driver is not None
    session = app.session
    latencies: dict[str, float] = {}
    for name, key, character in KEYS:
        times: list[float] = []
        shown: list[float] = []
        for _ in range(presses):
            await asyncio.sleep(KEY_PAUSE_S)
            version = session.version
            Recorder.wrote.clear()
            pressed = time.perf_counter()
            driver.process_message(events.Key(key, character))
            try:
                await asyncio.wait_for(Recorder.wrote.wait(), KEY_LIMIT_S)
            except TimeoutError:
                raise SystemExit(f"{name}: nothing happened on screen") from None
            times.append((Recorder.written_at - pressed) * 1000)
            if session.version == version and name in CHANGES:
                # The key has been answered; now wait for the frame that shows what came of it.
                while session.version == version:  # noqa: ASYNC110 - the app knows no event for it
                    await asyncio.sleep(0)
                Recorder.wrote.clear()
                await asyncio.wait_for(Recorder.wrote.wait(), KEY_LIMIT_S)
                shown.append((Recorder.written_at - pressed) * 1000)
        latencies[name] = median(times)
        if shown:
            latencies[f"{name}: what came of it"] = median(shown)
    app.exit()
    await running
    return latencies


def main() -> int:
    """Parse the arguments, measure, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--seconds", type=float, default=5.0, help="playing each (default 5)")
    parser.add_argument("--presses", type=int, default=5, help="of each key (default 5)")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker == "keys":
        print(json.dumps(asyncio.run(key_ms(200, arguments.presses))))
        return 0
    if arguments.worker:
        lanes, pane = arguments.worker.split(":")
        print(json.dumps(asyncio.run(frame_ms(int(lanes), arguments.seconds, pane))))
        return 0
    me = [sys.executable, str(HERE), f"--seconds={arguments.seconds}"]
    print(machine())
    verdicts = Verdicts()
    worst = 0.0
    for lanes, pane in ((5, "why"), (100, "why"), *((500, pane) for pane in SHARED)):
        me_too = [*me, f"--worker={lanes}:{pane}"]
        runs = [run_child(me_too).json() for _ in range(arguments.rounds)]
        mean = median(run["mean_ms"] for run in runs)
        p95 = median(run["p95_ms"] for run in runs)
        print(f"  {lanes:4} lanes, {pane:8}{mean:6.1f} ms a frame, 95th percentile {p95:.1f} ms")
        worst = max(worst, mean)
    verdicts.check(f"500 lanes: {worst:.1f} ms a frame with any pane, under 16", worst < 16)
    keys = run_child([*me, f"--presses={arguments.presses}", "--worker=keys"]).json()
    for name, latency in keys.items():
        print(f"  {name:34}{latency:6.1f} ms to the screen")
    slowest = max(latency for name, latency in keys.items() if ":" not in name)
    words = f"200 environments: a key is answered after {slowest:.0f} ms of 50"
    verdicts.check(words, slowest <= 50)
    return verdicts.exit_code


if __name__ == "__main__":
    sys.exit(main())
