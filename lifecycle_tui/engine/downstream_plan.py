"""What a function's code talks to, as frozen values: databases, proxies in front, caches.

Named tuples, since they cost a quarter of a frozen dataclass at start-up.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from lifecycle_tui.engine.worktime import ZERO, WorkTime


class DownstreamKind(StrEnum):
    """What stands behind a name, in the words of the scenario file."""

    DATABASE = "database"
    PROXY = "proxy"
    CACHE = "cache"


class Keeps(StrEnum):
    """Where a cache keeps what it knows."""

    ENVIRONMENT = "environment"
    """In globals: each environment has its own, and a reset loses it."""
    OUTSIDE = "outside"
    """In a service of its own, which all environments share."""


class DownstreamPlan(NamedTuple):
    """One downstream service."""

    name: str
    kind: DownstreamKind = DownstreamKind.DATABASE
    connections: int | None = None
    """How many a database lets in, or how many a proxy holds to what is behind it; None: any."""
    connect: WorkTime = ZERO
    """Time that opening a connection takes."""
    query: WorkTime = ZERO
    """Time that one query takes, or a look into a cache."""
    to: str | None = None
    """What is behind a proxy."""
    hit: float = 1.0
    """Share of looks into a filled cache that find something, from 0 to 1."""
    keeps: Keeps = Keeps.OUTSIDE


class Connect(StrEnum):
    """Where the code opens its connections."""

    INIT = "init"
    """Outside the handler: they are kept while the runtime lives."""
    HANDLER = "handler"
    """In each invocation."""


class UsePlan(NamedTuple):
    """How a function's code uses one downstream: a query in each invocation."""

    downstream: str
    connect: Connect = Connect.INIT
    per_environment: int = 1
    """Connections that are opened together: a pool has several."""
    closes: bool = True
    """Whether the handler closes what it has opened, before it responds."""
    cache: str | None = None
    """Where the code looks first: a hit spares the query."""
