"""Commands in a few words."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.play.commands import describe


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Fire(at_us=0), "one event"),
        (Fire(at_us=0, count=5), "5 events"),
        (Pattern(at_us=0, gap_us=1.0, for_us=9), "Poisson pattern"),
        (Pattern(at_us=0, gap_us=1.0, for_us=9, process="steady"), "steady pattern"),
        (
            SetConfig(at_us=0, changes=(("timeout_us", 1), ("memory_mb", 1))),
            "timeout, memory changed",
        ),
        (
            SetConfig(at_us=0, changes=(("init_function", 1), ("init_measured", False))),
            "init function changed",
        ),
        (Provision(at_us=0, count=2), "provisioned concurrency 2"),
        (Deploy(at_us=0), "deploy"),
        (Prewarm(at_us=0), "prewarm"),
        (Prewarm(at_us=0, count=3), "prewarm of 3"),
        (Reclaim(at_us=0, environment=0), "reclaim of e1"),
        (Crash(at_us=0, environment=4), "crash of e5"),
    ],
)
def test_a_command_in_a_few_words(command: Command, words: str) -> None:
    assert describe(command) == words
