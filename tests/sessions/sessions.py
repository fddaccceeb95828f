"""Random sessions: a scenario's text, and users who do whatever can be done."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.language.running import LineError, run_line
from lifecycle_tui.play.bookmarks import Bookmark
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.sessions.saved import Saved, normal

SMALL = """\
format: 1
title: Two functions and a queue
seed: 3
account: {idle_lifetime: {uniform: [20s, 60s]}}
functions:
  web-api: {timeout: 3s, memory: 256MB, handler: {duration: {uniform: [100ms, 2s]}}}
  worker:
    init: {runtime: 100ms, function: {exponential: 200ms}}
    handler: {cpu: 40ms, wait: 10ms}
sources:
  orders: {type: sqs, function: worker, batch_size: 2}

timeline:
  - {at: 1s, fire: {function: web-api}}
  - {at: 2s, fire: {source: orders, count: 3, over: 1s}}
"""
RECORDED = """\
functions: {f: {timeout: 2s, handler: {duration: 1s}, init: {runtime: 1ms, function: 1ms}}}
timeline: [{at: 0s, pattern: {trace: sub/arrivals.csv}}]
until: 30s
"""
CSV = "arrival_us,duration_us\n0,5\n1000000,20000\n"

ORIGIN = Origin("small.yaml", normal(SMALL), ("web-api.timeout=2s",))
PLAN = parse_text(SMALL, overrides=ORIGIN.overrides)

LINES = st.sampled_from(
    [
        "fire web-api", "fire web-api count=3 over=500ms outcome=error",
        "fire source=orders count=4",
        "fire web-api duration={lognormal: {p50: 100ms, p99: 3s}}", "burst worker 3",
        "pattern web-api poisson rate=2/s for=5s", "pattern worker cron every=2s for=9s jitter=1s",
        "set web-api timeout=5s", "set web-api runtime=java21", "set worker handler.cpu=1ms",
        "set web-api memory=1GB extensions=[{name: otel, register: 40ms}]", "provision worker 1",
        "deploy web-api", "deploy web-api weight=0.3", "shift web-api 0.7", "prewarm worker 2",
        "reclaim e1", "crash e2", "rules 2023-01-01", "wait 3s", "wait until idle", "seek 0s",
        "seek 1s", "seek 2500001us", "undo", "undo", "redo", "fork", "fork here", "switch main",
        "rename other", "delete main.1", "restart web-api timeout=1s", "restart steps=drop",
        "bookmark", "bookmark the end", "step", "back",
    ]
)  # fmt: skip
SCRIPTS = st.lists(LINES, max_size=14)


def played(script: Sequence[str]) -> Session:
    """Return a session after lines that could be carried out."""
    session = Session(PLAN, scenario_name=ORIGIN.name)
    for line in script:
        try:
            run_line(session, line)
        except LineError:
            continue
    return session


def saved(script: Sequence[str]) -> Saved:
    """Return the same session at rest."""
    return Saved.of(played(script), ORIGIN)


def a_long_one() -> Saved:
    """Return a session with everything that a file can hold."""
    session = played(
        [
            "fire web-api", "wait until idle", "seek 500ms", "set web-api timeout=5s",
            "fire worker", "undo", "switch main", "restart web-api memory=1GB as=big",
            "rules 2023-01-01", "bookmark start", "wait 2s", "fork deeper", "undo",
            "switch main", "fire worker", "undo",
        ]
    )  # fmt: skip
    session.bookmarks = (*session.bookmarks, Bookmark(SECOND, ""))
    return Saved.of(session, ORIGIN)
