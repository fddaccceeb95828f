"""What a question says: who comes, and what is known when it is asked."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.moves import length_words
from lifecycle_tui.play.predictions.scenes import Scene
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import DAGGER, environment_name, event_name, percent, span
from lifecycle_tui.units.text import plural

_A_MOMENT_US: Final = 100_000


def who(index: Index, scene: Scene) -> str:
    """Name the events that come: ``#3``, ``#3 to #7``; with the function, if there are several."""
    first, last = scene.attempts[0], scene.attempts[-1]
    name = event_name(first.event)
    in_batches = index.attempts(first.event)[first.number - 1].led != NOBODY
    if len(scene.attempts) > 1:
        joined = last.event - first.event == len(scene.attempts) - 1
        name = f"{name} to {event_name(last.event)}" if joined else f"{len(scene.attempts)} events"
        name = f"{len(scene.attempts)} batches" if in_batches else name
    elif first.number > 1:
        name = f"{name} once more"
    elif in_batches:
        name = f"the batch of {name}"
    if len(index.plan.functions) > 1:
        name = f"{name} for {scene.plan.name}"
    return name


def comes(index: Index, scene: Scene) -> str:
    """Say that events come now."""
    alone = len(scene.attempts) == 1
    name = who(index, scene)
    return f"{name[0].upper()}{name[1:]} {'comes' if alone else 'come'} now"


def around(scene: Scene) -> str:
    """Say which environments there are, and what limits their number."""
    parts: list[str] = []
    if not (scene.free or scene.ready or scene.owing or scene.busy):
        parts.append("no environment is left" if scene.ever else "no environment exists yet")
    if scene.free:
        idle = _idle_words(scene.idle_us or 0)
        state = f"FROZEN for {idle}" if len(scene.free) == 1 else "FROZEN"
        parts.append(_are(scene.free, state))
    if scene.ready:
        parts.append(_are(scene.ready, "READY"))
    if scene.owing:
        parts.append(_are(scene.owing, "FROZEN after a reset"))
    if scene.busy:
        parts.append(_are(scene.busy, "busy"))
    if scene.plan.provisioned_concurrency:
        parts.append(f"provisioned concurrency is {scene.plan.provisioned_concurrency}")
    if scene.plan.reserved_concurrency is not None:
        parts.append(f"reserved concurrency is {scene.plan.reserved_concurrency}")
    elif scene.is_full:
        parts.append("the account's concurrency is nearly used up")
    if "renewed" in scene.changes:
        parts.append("code or configuration was changed")
    if scene.share < 1:
        parts.append(f"{percent(scene.share)} of its events go to the new version")
    if "error" in scene.changes:
        parts.append("the last event ended in an error")
    return ", ".join(parts)


def _idle_words(idle_us: int) -> str:
    return length_words(idle_us) if idle_us >= _A_MOMENT_US else "a moment"


def _are(environments: tuple[int, ...], state: str) -> str:
    if len(environments) == 1:
        return f"{environment_name(environments[0])} is {state}"
    return f"{plural(len(environments), 'environment')} are {state}"


def needs(scene: Scene, demand_us: int, init_us: int | None, placed_us: int | None = None) -> str:
    """Say how long the handler, Init, placement and extensions take, and what the time-out is."""
    tail_us = max((int(each.tail.mean_us) for each in scene.plan.extensions), default=0)
    parts = [f"handler {span(demand_us)}"]
    if tail_us:
        parts.append(f"extension after it {span(tail_us)}")
    if init_us is not None:
        parts.append(f"Init {span(init_us)}")
    if placed_us is not None:
        parts.append(f"placement {span(placed_us)} {DAGGER}")
    parts.append(f"timeout {span(scene.plan.timeout_us)}")
    return ", ".join(parts)
