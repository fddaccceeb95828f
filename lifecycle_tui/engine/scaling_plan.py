"""Auto scaling of provisioned concurrency, as configured: target tracking and scheduled actions."""

from __future__ import annotations

from typing import NamedTuple


class ScheduledAction(NamedTuple):
    """At a time, and perhaps again after every so long: other limits (PRV-12)."""

    at_us: int
    least: int
    most: int
    every_us: int | None = None


class Autoscaling(NamedTuple):
    """Between which limits provisioned concurrency moves, and what moves it (PRV-10, PRV-12)."""

    least: int
    most: int
    target: float | None = None
    """Share of the provisioned environments that should be at work; None: only by schedule."""
    scheduled: tuple[ScheduledAction, ...] = ()
