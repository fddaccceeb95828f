"""A run as the lines that CloudWatch Logs would hold, one stream for each environment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lifecycle_tui.readings.ids import EPOCH, stream_name, timestamp
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.logs import log_lines


def log_text(index: Index, epoch: datetime = EPOCH) -> Iterator[str]:
    """Yield the lines in time order, each with its timestamp and its log stream (REP-08).

    Args:
        index: the run.
        epoch: the date of virtual time 0.
    """
    seed = index.plan.seed
    streams = [stream_name(seed, facts, epoch) for facts in index.trace.environments]
    for line in log_lines(index):
        yield f"{timestamp(line.time_us, epoch)} {streams[line.environment]} {line.text}\n"
