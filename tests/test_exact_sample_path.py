"""A trace of 1,500 events, event by event, against two other simulators.

``data/trace_a.csv`` holds arrivals and handler durations in whole microseconds without ties;
``data/trace_a.expected.json`` what two simulators, written apart from each other and from this
one, agree to make of them. Their world is simpler than Lambda's, and where both exist they
coincide exactly:

- a departure comes before an arrival at the same time, and an environment that has been idle for
  the whole keep-alive is gone;
- Init is added to the service of the event that waits for it. Here it stands before Invoke and is
  no part of its duration, so busy time is compared after adding it. Placement takes no time;
- above the cap an event is dropped: a synchronous one is throttled, and nobody sends it again;
- provisioned environments are there from the start, used first, and never die.

They also have a policy ``newest`` (the environment that was created last), which nobody has
supposed of Lambda and this simulator does not know: its four results are left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import pytest

from lifecycle_tui.engine.kinds import STARTS, THROTTLES, Kind
from lifecycle_tui.engine.simulation import Run, run
from lifecycle_tui.scenario.build import parse_text

DATA: Final = Path(__file__).parent / "data"
ORACLE: Final[dict[str, Any]] = json.loads((DATA / "trace_a.expected.json").read_text("utf-8"))
SETTINGS: Final = {
    "plain": {"init": "0ms", "limit": 1_000, "provisioned": 0},
    "init": {"init": "700ms", "limit": 1_000, "provisioned": 0},
    "cap": {"init": "700ms", "limit": 6, "provisioned": 0},
    "pc": {"init": "700ms", "limit": 1_000, "provisioned": 3},
}
REUSE: Final = {"mru": "most-recent", "lru": "least-recent"}
CASES: Final = [f"{policy}/{setting}" for policy in REUSE for setting in SETTINGS]
SCENARIO: Final = """
account:
  concurrency: {limit}
  placement: 0ms
  idle_lifetime: {keep}
  max_lifetime: 366d
  reuse: {reuse}
functions:
  f:
    timeout: 900s
    init: {{runtime: 0ms, function: {init}}}
    provisioned_concurrency: {provisioned}
timeline:
  - {{at: 0s, pattern: {{trace: trace_a.csv}}}}
"""


def replay(case: str, keep: str = "60s") -> Run:
    """Run the trace under one of the oracle's configurations."""
    policy, setting = case.split("/")
    text = SCENARIO.format(keep=keep, reuse=REUSE[policy], **SETTINGS[setting])
    return run(parse_text(text, folder=DATA))


def kinds(found: Run) -> str:
    """Return one letter an event: Provisioned, Warm, Cold or Throttled."""
    assert found.trace is not None
    letters: dict[int, str] = {}
    for record in found.trace:
        if record.kind in THROTTLES:
            letters[record.subject] = "T"
        elif record.kind in STARTS:
            facts = found.trace.environments[record.environment]
            if facts.initialization_type.value != "on-demand":
                letters[record.subject] = "P"
            else:
                letters[record.subject] = "C" if record.kind is Kind.INVOKE_COLD else "W"
    return "".join(letters[event] for event in sorted(letters))


@pytest.mark.parametrize("case", CASES)
def test_every_event_starts_as_in_the_other_simulators(case: str) -> None:
    expected = ORACLE["expected"][case]
    found = replay(case)
    letters = kinds(found)
    assert letters[:60] == expected["first60"]
    assert crc32(letters.encode()) == expected["kinds_crc"]
    tally = found.tally
    assert tally.events == ORACLE["params"]["n"]
    assert tally.cold == expected["cold"]
    assert tally.throttles == expected["throttled"]
    assert tally.spillovers == expected["spill"]
    assert tally.peak_concurrency == expected["peak"]
    init_us = 0 if case.endswith("plain") else ORACLE["params"]["init_us"]
    assert tally.busy_us + tally.cold * init_us == expected["busy_us"]


@pytest.mark.parametrize("policy", REUSE)
def test_kept_for_ever_there_are_as_many_cold_starts_as_the_peak(policy: str) -> None:
    tally = replay(f"{policy}/plain", keep="366d").tally
    assert tally.cold == tally.peak_concurrency == ORACLE["infinite_keepalive_cold"]
