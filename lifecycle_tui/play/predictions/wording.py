"""What a question says: who comes, and what is known when it is asked."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.trace import NOBODY
from lifecycle_tui.play.moves import length_words
from lifecycle_tui.play.predictions.scenes import Scene
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import environment_name, event_name, percent, span
from lifecycle_tui.units.translation import tr, tr_many

_A_MOMENT_US: Final = 100_000


def who(index: Index, scene: Scene) -> str:
    """Name the events that come: ``#3``, ``#3 to #7``; with the function, if there are several."""
    first, last = scene.attempts[0], scene.attempts[-1]
    name = event_name(first.event)
    in_batches = index.attempts(first.event)[first.number - 1].led != NOBODY
    if len(scene.attempts) > 1:
        joined = last.event - first.event == len(scene.attempts) - 1
        name = (
            tr("{first} to {last}", first=name, last=event_name(last.event))
            if joined
            else tr_many("{count} event", "{count} events", len(scene.attempts))
        )
        name = (
            tr_many("{count} batch", "{count} batches", len(scene.attempts)) if in_batches else name
        )
    elif first.number > 1:
        name = tr("{name} once more", name=name)
    elif in_batches:
        name = tr("the batch of {name}", name=name)
    if len(index.plan.functions) > 1:
        name = tr("{name} for {function}", name=name, function=scene.plan.name)
    return name


def comes(index: Index, scene: Scene) -> str:
    """Say that events come now."""
    alone = len(scene.attempts) == 1
    name = who(index, scene)
    name = f"{name[0].upper()}{name[1:]}"
    return tr("{name} comes now", name=name) if alone else tr("{name} come now", name=name)


def around(scene: Scene) -> str:
    """Say which environments there are, and what limits their number."""
    parts: list[str] = []
    if not (scene.free or scene.ready or scene.owing or scene.busy):
        parts.append(
            tr("no environment is left") if scene.ever else tr("no environment exists yet")
        )
    if scene.free:
        idle = _idle_words(scene.idle_us or 0)
        state = tr("FROZEN for {idle}", idle=idle) if len(scene.free) == 1 else "FROZEN"
        parts.append(_are(scene.free, state))
    if scene.ready:
        parts.append(_are(scene.ready, "READY"))
    if scene.owing:
        parts.append(_are(scene.owing, tr("FROZEN after a reset")))
    if scene.busy:
        parts.append(_are(scene.busy, tr("busy")))
    if scene.plan.provisioned_concurrency:
        parts.append(
            tr(
                "provisioned concurrency is {count}",
                count=scene.plan.provisioned_concurrency,
            )
        )
    if scene.plan.reserved_concurrency is not None:
        parts.append(
            tr(
                "reserved concurrency is {count}",
                count=scene.plan.reserved_concurrency,
            )
        )
    elif scene.is_full:
        parts.append(tr("the account's concurrency is nearly used up"))
    if "renewed" in scene.changes:
        parts.append(tr("code or configuration was changed"))
    if scene.share < 1:
        parts.append(tr("{share} of its events go to the new version", share=percent(scene.share)))
    if "error" in scene.changes:
        parts.append(tr("the last event ended in an error"))
    return ", ".join(parts)


def _idle_words(idle_us: int) -> str:
    return length_words(idle_us) if idle_us >= _A_MOMENT_US else tr("a moment")


def _are(environments: tuple[int, ...], state: str) -> str:
    if len(environments) == 1:
        return tr(
            "{environment} is {state}", environment=environment_name(environments[0]), state=state
        )
    return tr_many(
        "{count} environment is {state}",
        "{count} environments are {state}",
        len(environments),
        state=state,
    )


def needs(scene: Scene, demand_us: int, init_us: int | None, placed_us: int | None = None) -> str:
    """Say how long the handler, Init, placement and extensions take, and what the time-out is."""
    tail_us = max((int(each.tail.mean_us) for each in scene.plan.extensions), default=0)
    parts = [tr("handler {length}", length=span(demand_us))]
    if tail_us:
        parts.append(tr("extension after it {length}", length=span(tail_us)))
    if init_us is not None:
        parts.append(tr("Init {length}", length=span(init_us)))
    if placed_us is not None:
        parts.append(tr("placement {length} †", length=span(placed_us)))
    parts.append(tr("timeout {length}", length=span(scene.plan.timeout_us)))
    return ", ".join(parts)
