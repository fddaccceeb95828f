"""Who looks after environments that no event asked for: provisioned ones, and snapshots."""

from __future__ import annotations

from typing import Protocol

from lifecycle_tui.engine.environment import ExecutionEnvironment, Publication
from lifecycle_tui.engine.kinds import Kind


class Keeper(Protocol):
    """Who looks after provisioned environments."""

    def initialised(self, environment: ExecutionEnvironment, now_us: int) -> bool:
        """Hear that Init is over; return whether the environment may serve now."""

    def init_failed(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Hear that Init failed and no event waits."""

    def left(self, environment: ExecutionEnvironment, now_us: int, kind: Kind) -> None:
        """Hear that a provisioned environment shuts down, and why."""


class Publisher(Protocol):
    """Who makes snapshots."""

    def initialised(
        self, environment: ExecutionEnvironment, publication: Publication, now_us: int
    ) -> None:
        """Hear that the Init to be saved is over."""

    def init_failed(self, environment: ExecutionEnvironment, now_us: int) -> None:
        """Hear that it failed."""
