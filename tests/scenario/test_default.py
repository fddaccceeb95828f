"""The default scenario stands twice, for the sake of a fast start: the two must not part."""

from __future__ import annotations

from lifecycle_tui.scenario.catalogue import DEFAULT, load_scenario
from lifecycle_tui.scenario.default import default_plan


def test_the_default_plan_is_the_shipped_sandbox() -> None:
    assert DEFAULT == "sandbox"
    assert default_plan() == load_scenario(DEFAULT)
