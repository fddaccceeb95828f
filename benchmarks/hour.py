"""An hour of ten thousand events from five sources: simulated, and played at 3,600 times the speed.

Simulating is the wall time of the command as a user starts it. Playing is judged by the screen:
the frames that were drawn against those that were due, and the slowest of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from frames import Recorder, started
from measure import Verdicts, machine, run_child

from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.launch import calm_collector
from lifecycle_tui.tui.screens.stage import FRAMES_A_SECOND

HERE = Path(__file__).resolve()
SPEED = 3_600.0
SCENARIO = """
format: 1
title: Ten thousand events from five sources in an hour
until: 1h
functions:
  web-api:
    runtime: python3.13
    memory: 512MB
    timeout: 30s
    handler: {duration: {exponential: 300ms}}
sources:
  orders: {type: sqs, batch_size: 10, visibility_timeout: 3m}
  clicks: {type: kinesis, shards: 2}
timeline:
  - {at: 0s, pattern: {source: api-gateway, rate: 2000/h, for: 1h}}
  - {at: 0s, pattern: {source: s3, rate: 2000/h, for: 1h}}
  - {at: 0s, pattern: {source: sns, rate: 2000/h, for: 1h}}
  - {at: 0s, pattern: {source: orders, rate: 2000/h, for: 1h}}
  - {at: 0s, pattern: {source: clicks, rate: 2000/h, for: 1h}}
"""


async def play() -> dict[str, float]:
    """Play the hour, and return what the screen made of it."""
    opening = time.perf_counter()
    session = Session(parse_text(SCENARIO), scenario_name="hour", speed=SPEED)
    opened_s = time.perf_counter() - opening
    app = LifecycleApp(session)
    app.driver_class = Recorder
    calm_collector()
    running, screen = await started(app)
    ticks: list[float] = []
    work: list[float] = []
    advance = screen.advance

    def noted(seconds: float) -> None:
        ticks.append(time.perf_counter())
        before = time.process_time()
        advance(seconds)
        work.append(time.process_time() - before)

    screen.advance = noted  # type: ignore[method-assign,assignment]
    began = time.perf_counter()
    screen.action_play()
    while session.player.playing:  # noqa: ASYNC110 - the app knows no event for it
        await asyncio.sleep(0.01)
    played_s = time.perf_counter() - began
    at_us = session.at_us
    app.exit()
    await running
    gaps = [after - before for before, after in pairwise(ticks)]
    return {
        "opened_s": opened_s,
        "played_s": played_s,
        "frames": len(ticks),
        "late_ms": max(gaps, default=0) * 1_000,
        "work_ms": max(work, default=0) * 1_000,
        "at_min": at_us / 60e6,
    }


def main() -> int:
    """Parse the arguments, measure, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds (default 3)")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        print(json.dumps(asyncio.run(play())))
        return 0
    print(machine())
    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hour.yaml")
        path.write_text(SCENARIO, encoding="utf-8")
        command = [sys.executable, "-m", "lifecycle_tui", "simulate", str(path)]
        runs = [run_child(command) for _ in range(arguments.rounds)]
    wall_s = median(run.wall_s for run in runs)
    verdicts.check(f"simulated in {wall_s:.2f} s, under 3", wall_s < 3)
    shown = [run_child([sys.executable, str(HERE), "--worker"]).json() for _ in runs]
    for each in shown:
        print(
            f"  opened in {each['opened_s']:.2f} s; played to {each['at_min']:.0f} min in"
            f" {each['played_s']:.1f} s with {each['frames']} frames, the latest after"
            f" {each['late_ms']:.0f} ms, of which {each['work_ms']:.0f} ms were ours"
        )
    work_ms = median(each["work_ms"] for each in shown)
    due_ms = 1_000 / FRAMES_A_SECOND
    verdicts.check(f"the slowest frame took {work_ms:.0f} ms of {due_ms:.0f}", work_ms < due_ms)
    return verdicts.exit_code


if __name__ == "__main__":
    sys.exit(main())
