"""Completion: what may follow, and that whatever is offered can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle_tui.engine.downstream_plan import UsePlan
from lifecycle_tui.language.completion import complete, completed
from lifecycle_tui.language.grammar import VERBS
from tests.language.statements import ONE, PLAN, context

SEVERAL = replace(context(PLAN), environments=("e1", "e2"), branches=("main.1", "main"), events=30)
ONLY_ONE = context(ONE)


def offered(text: str, where: object = SEVERAL) -> list[str]:
    """Return what is offered at the end of a line."""
    assert isinstance(where, type(SEVERAL))
    return [one.text for one in complete(text, len(text), where)]


def test_an_empty_line_offers_every_verb_with_its_help() -> None:
    found = complete("", 0, SEVERAL)
    assert [one.text for one in found] == [verb.word for verb in VERBS]
    assert all(one.help for one in found)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fi", ["fire"]),
        ("re", ["reclaim", "redo", "rename", "restart"]),
        ("fire ", ["web-api", "poisson", "true", "e1", "function=", "count="]),
        ("fire co", ["count="]),
        ("fire source=s", ["source=sdk", "source=step-functions", "source=s3"]),
        ("fire source=or", ["source=orders"]),
        ("fire outcome=e", ["outcome=error", "outcome=exit"]),
        ("burst ", ["5", "10", "100"]),
        ("pattern po", ["poisson"]),
        ("pattern cron ", ["web-api"]),
        ("set only mem", ["memory=", "memory_used=", "memory_leak="]),
        ("set memory=", ["memory=128MB", "memory=512MB"]),
        ("set runtime=java2", ["runtime=java21"]),
        ("reclaim ", ["e1", "e2"]),
        ("switch ", ["main", "main.1"]),
        ("why ", ["30", "29"]),
        ("help pa", ["pattern", "pause"]),
        ("wait u", ["until"]),
        ("wait until ", ["idle"]),
        ("rules 2023", ["2023-01-01"]),
        ("set timeout=3s timeo", []),
        ("nonsense ", []),
    ],
)
def test_what_is_offered(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first
    assert first or not offered(text)


def test_a_process_brings_its_own_keys_only() -> None:
    found = offered("pattern cron ", ONLY_ONE)
    assert "every=" in found
    assert not {"rate=", "peak=", "trace="} & set(found)


def test_one_function_is_never_offered() -> None:
    assert not {"web-api", "function="} & set(offered("fire ", ONLY_ONE))


def test_within_brackets_only_whole_values_are_offered() -> None:
    assert offered("fire duration={uniform: [1") == ["duration={uniform: [100ms, 2s]}"]
    assert offered("fire duration={uniform: [7") == []


def test_the_word_at_the_cursor_is_replaced() -> None:
    assert completed("fi", 2, "fire") == ("fire ", 5)
    assert completed("fire co over=1s", 7, "count=") == ("fire count= over=1s", 11)
    assert completed("fire count=5", 2, "fire") == ("fire re count=5", 5)


@given(st.text(alphabet="fire set{}[]\"'=. 15smcount", max_size=30), st.integers(0, 30))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_completed(text: str, cursor: int) -> None:
    for one in complete(text, min(cursor, len(text)), SEVERAL):
        line, place = completed(text, min(cursor, len(text)), one.text)
        assert one.text in line
        assert place <= len(line)


def test_a_list_is_offered_as_it_is_set_now_to_be_changed() -> None:
    function = replace(ONE.functions[0], uses=(UsePlan("orders", per_environment=2),))
    where = context(replace(ONE, functions=(function,)))
    first = complete("restart uses=", 13, where)[0]
    assert first == ("uses=[{downstream: orders, per_environment: 2}]", "as it is now")


def test_no_list_is_offered_where_no_function_is_meant() -> None:
    assert "as it is now" not in [one.help for one in complete("set uses=", 9, SEVERAL)]
