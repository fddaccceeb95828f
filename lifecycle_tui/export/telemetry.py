"""A run as the Telemetry API's records, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from lifecycle_tui.readings.ids import EPOCH, stream_name, timestamp
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.telemetry import TelemetryRecord, telemetry


def telemetry_text(index: Index, epoch: datetime = EPOCH) -> Iterator[str]:
    """Yield a line for each record: environment by environment, each in time order.

    Args:
        index: the run.
        epoch: the date of virtual time 0.
    """
    seed = index.plan.seed
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    streams = [stream_name(seed, facts, epoch) for facts in index.trace.environments]
    for each in telemetry(index):
        yield f"{encode(telemetry_object(each, streams[each.environment], epoch))}\n"


def telemetry_object(
    record: TelemetryRecord, instance: str, epoch: datetime = EPOCH
) -> dict[str, object]:
    """Return one record as the Telemetry API delivers it.

    Args:
        record: what happened.
        instance: the id of its environment, the name of its log stream.
        epoch: the date of virtual time 0.
    """
    fields = dict(record.fields)
    if record.type in ("initStart", "restoreStart"):
        fields["instanceId"] = instance
    if record.spans:
        fields["spans"] = [
            {
                "name": span.name,
                "start": timestamp(span.start_us, epoch),
                "durationMs": span.length_us / 1_000,
            }
            for span in record.spans
        ]
    if record.metrics is not None:
        fields["metrics"] = record.metrics
    return {
        "time": timestamp(record.time_us, epoch),
        "type": f"platform.{record.type}",
        "record": fields,
    }
