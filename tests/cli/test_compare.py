"""``compare``: two runs from the command line."""

from __future__ import annotations

import json

from lifecycle_tui import exit_codes
from tests.cli.running import Command


def test_a_longer_timeout_ends_the_doom_loop(command: Command) -> None:
    result = command("compare", "short-timeout", "--set-b", "web-api.timeout=6s")
    assert result.status == exit_codes.OK
    assert ["web-api.timeout", "3", "s", "6", "s"] in map(str.split, result.out.splitlines())
    assert "#4: A RE-INIT, timeout after 3 s · B WARM after 180 ms" in result.out


def test_rule_dates_are_compared(command: Command) -> None:
    result = command("compare", "first-event", "--rules-b", "2023-01-01")
    assert "rules_date" in result.out
    assert "1 difference," in result.out
    assert "#1: A COLD, billed 1,200 ms · B COLD, billed 180 ms" in result.out


def test_json_holds_every_difference(command: Command) -> None:
    result = command("compare", "burst-of-five", "provisioned-concurrency", "--json")
    document = json.loads(result.out)
    assert document["format"] == 1
    times = [one["at"] for one in document["differences"]]
    assert times == sorted(times)
    assert len(times) > 10


def test_there_has_to_be_something_to_compare_with(command: Command) -> None:
    result = command("compare", "short-timeout")
    assert result.status == exit_codes.USAGE
    assert "compare with what?" in result.err


def test_the_same_twice_differs_in_nothing(command: Command) -> None:
    result = command("compare", "short-timeout", "short-timeout")
    assert "nothing differs" in result.out
