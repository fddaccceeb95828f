"""Why, where a source held an event back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire
from lifecycle_tui.engine.source_plan import StreamPlan
from lifecycle_tui.readings.why import why_event
from lifecycle_tui.readings.words import at, span
from tests.readings.runs import plan_of, read


@pytest.mark.rule("ESM-02")
def test_what_held_a_message_up_is_named() -> None:
    """A shard has one batch at a time: the second record waits for the end of the first's.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html.
    """
    stream = StreamPlan("clicks", batch_size=1)
    index = read(replace(plan_of(Fire(at_us=SECOND, count=2, source="clicks")), sources=(stream,)))
    words = [cause.words for cause in why_event(index, 2).causes]
    ended_us = index.times[index.attempt(1).end]
    waited = span(ended_us - SECOND)
    received = f"#2 was received alone at {at(ended_us)}, after {waited}"
    assert f"{received}: the batch of #1 had to end first." in words
    first = [cause.words for cause in why_event(index, 1).causes]
    assert not any("had to end first" in each for each in first)
