"""Explanations as text: what `explain` prints."""

from __future__ import annotations

from lifecycle_tui.export.explanation import explanation_lines
from lifecycle_tui.readings.why import why_event
from tests.readings.runs import fire, story


def printed(date: str = "2026-11-01") -> str:
    return "\n".join(explanation_lines(why_event(story(fire(0)), 1), date))


def test_explanations_as_text_carry_rules_provenance_and_source() -> None:
    text = printed()
    assert text.startswith("Why was #1 COLD?\n")
    assert "SIM-PLACEMENT †" in text
    assert "(assumed" in text.split("SIM-PLACEMENT †")[1]
    assert "https://docs.aws.amazon.com/" in text.split("CON-02")[-1]


def test_no_line_is_wider_than_a_narrow_terminal_but_for_addresses() -> None:
    assert all(len(line) <= 88 or "https://" in line for line in printed().splitlines())


def test_the_id_of_a_rule_is_never_broken() -> None:
    lines = list(explanation_lines(why_event(story(fire(0)), 1), "2026-11-01"))
    assert any("SIM-PLACEMENT" in line for line in lines)
    assert not any(line.rstrip().endswith("-") for line in lines)
