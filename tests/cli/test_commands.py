"""Help, version, the list of scenarios, explanations, and what there is without a terminal."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from lifecycle_tui import __version__, exit_codes, locations
from lifecycle_tui.scenario import catalogue
from tests.cli.running import Command


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("play",),
        ("simulate",),
        ("explain",),
        ("compare",),
        ("claim",),
        ("resume",),
        ("replay",),
        ("permalink",),
        ("cost",),
        ("estimate",),
        ("check",),
        ("facts",),
        ("glossary",),
        ("lessons",),
        ("progress",),
        ("learn",),
        ("review",),
        ("home",),
        ("keys",),
        ("doctor",),
    ],
)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_has_examples(command: Command, words: tuple[str, ...], option: str) -> None:
    status, out, err = command(*words, option)
    assert (status, err) == (0, "")
    assert "Examples:\n    lifecycle-tui" in out


def test_version(command: Command) -> None:
    assert command("--version").out == f"lifecycle-tui, version {__version__}\n"


def test_the_list_names_every_shipped_scenario_with_its_title(command: Command) -> None:
    status, out, _ = command("play", "--list")
    assert status == 0
    for each in catalogue.shipped():
        assert re.search(rf"^  {each.name} +{re.escape(each.title)}", out, re.MULTILINE)
    assert len(catalogue.names()) >= 9


@pytest.mark.parametrize(
    "words", [(), ("play",), ("play", "warm-reuse"), ("learn",), ("learn", "first-event")]
)
def test_without_a_terminal_there_are_lines(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(locations, "state", lambda: tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("state\n"))
    by_itself = command(*words)
    monkeypatch.setattr(sys, "stdin", io.StringIO("state\n"))
    assert by_itself == command(*words, "--plain")
    status, out, err = by_itself
    assert (status, err) == (0, "")
    assert "help lists every verb" in out or "quit leaves" in out
    assert "> state\nt 0.00 s" in out


def test_plain_belongs_behind_its_command(command: Command) -> None:
    status, _, err = command("--plain", "learn")
    assert status == 2
    assert "lifecycle-tui learn --plain" in err


def test_play_checks_its_scenario_before_its_terminal(command: Command) -> None:
    assert "did you mean 'warm-reuse'" in command("play", "warm-resue").err


def test_explain_ends_in_an_input(command: Command) -> None:
    status, out, _ = command("explain", "warm-reuse", "--event", "2")
    assert status == 0
    causes = re.findall(r"^ +\d+\. +[\d.]+ s  .*", out, re.MULTILINE)
    assert len(causes) > 1
    assert "Input" in causes[-1]
    assert "CON-02" in out


def test_explain_tells_what_would_have_made_the_difference(command: Command) -> None:
    words = "With a timeout of 4 s, #3 would have been done after 3.08 s."
    text = command("explain", "short-timeout", "--event", "3").out
    assert "What would have made the difference" in text
    assert words in text
    found = json.loads(command("explain", "short-timeout", "--event", "3", "--json").out)
    first = found["contrasts"][0]
    assert first == {
        "words": words,
        "condition": "With a timeout of 4 s",
        "result": "ok",
        "event": 3,
        "time": 23_080.0,
        "assumed": False,
    }
    assert "made the difference" not in command("explain", "warm-reuse", "--event", "2").out


def test_explain_as_json_names_rules_with_their_provenance(command: Command) -> None:
    out = command("explain", "warm-reuse", "--event", "2", "--json").out
    found = json.loads(out)
    assert list(found) == ["format", "event", "question", "answer", "causes", "rules", "contrasts"]
    assert found["event"] == 2
    used = {rule["id"]: rule for rule in found["rules"]}
    assert used["CON-02"]["provenance"] == "documented"
    assert used["CON-02"]["source"].startswith("https://docs.aws.amazon.com/")


@pytest.mark.parametrize("name", [name for name in catalogue.names() if name != "sandbox"])
def test_events_of_every_shipped_scenario_have_an_explanation(command: Command, name: str) -> None:
    """Every event of a small scenario, and of a large one a few from its first to its last."""
    found = json.loads(command("simulate", name, "--format", "json").out)
    events = found["summary"]["events"]
    for event in range(1, events + 1, max(events // 4, 1)):
        explained = json.loads(command("explain", name, "--event", str(event), "--json").out)
        assert explained["answer"]
        assert explained["causes"]


def test_an_event_that_is_not_there_is_wrong_usage(command: Command) -> None:
    status, _, err = command("explain", "warm-reuse", "--event", "4")
    assert status == 2
    assert "there is no event 4: the run has 3 events." in err


def test_an_unknown_command_is_wrong_usage(command: Command) -> None:
    assert command("simulat").status == 2


def test_a_name_that_is_no_command_gets_the_nearest_told(command: Command) -> None:
    status, _, err = command("simulat")
    assert status == exit_codes.USAGE
    assert "there is no command 'simulat'; did you mean 'simulate'?" in err


def test_every_command_of_the_list_can_be_loaded() -> None:
    import click

    from lifecycle_tui.cli.app import cli
    from lifecycle_tui.cli.table import SECTIONS

    context = click.Context(cli)
    for section in SECTIONS.values():
        for name in section:
            found = cli.get_command(context, name)
            assert found is not None
            assert found.name == name
