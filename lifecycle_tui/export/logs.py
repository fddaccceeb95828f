"""A run as the lines that CloudWatch Logs would hold, one stream for each environment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.logs import log_lines

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The date of virtual time 0, unless told otherwise."""


def log_text(index: Index, epoch: datetime = EPOCH) -> Iterator[str]:
    """Yield the lines in time order, each with its timestamp and its stream.

    Args:
        index: the run.
        epoch: the date of virtual time 0.
    """
    for line in log_lines(index):
        yield f"{timestamp(line.time_us, epoch)} e{line.environment + 1} {line.text}\n"


def timestamp(time_us: int, epoch: datetime = EPOCH) -> str:
    """Return a moment of virtual time as AWS logs print it: ``2026-01-01T00:00:01.250Z``."""
    moment = epoch + timedelta(microseconds=time_us)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1_000:03d}Z"
