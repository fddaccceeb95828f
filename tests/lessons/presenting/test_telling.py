"""What a presentation tells the terminal with the notes, and what that believes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from lifecycle_tui.lessons.presenting.slides import Kind
from lifecycle_tui.lessons.presenting.telling import (
    STALE_S,
    Option,
    Report,
    Teller,
    file_of,
    heard,
    report_of,
)
from lifecycle_tui.lessons.presenting.votes import Ballot, Votes
from tests.lessons.presenting.decks import place, show


def report(**changes: Any) -> Report:
    return Report("9. Doom", 9, 4, 36, "See", "question: why?", "answer")._replace(**changes)


class Time:
    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_told_is_heard(tmp_path: Path) -> None:
    path, now = tmp_path / "deep" / "doom-loop.json", Time()
    told = report(
        notes=("Ask 漢字",), aids=("Answer: 2",), started_s=990.5,
        options=(Option("yes", 12, False), Option("no", None, True)), state="it is playing",
    )  # fmt: skip
    Teller(path, now).tell(told)
    assert heard(path, now.seconds + 1) == told


def test_a_presentation_that_has_ended_is_not_heard(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    assert heard(path, 0) is None
    teller = Teller(path, now)
    teller.tell(report())
    assert heard(path, now.seconds + STALE_S + 1) is None, "it was killed"
    now.seconds += STALE_S
    teller.still_there()
    assert heard(path, now.seconds + 1) == report()
    teller.leave()
    assert not path.exists()
    teller.leave()


def test_only_what_is_new_is_written(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    teller = Teller(path, now)
    teller.tell(report())
    first = path.read_bytes()
    now.seconds += 1
    teller.tell(report())
    assert path.read_bytes() == first
    teller.tell(report(slide=5))
    assert path.read_bytes() != first


def test_the_presentation_that_moved_last_has_the_notes(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    one = Teller(path, now)
    now.seconds += 1
    other = Teller(path, now)
    one.tell(report(slide=1))
    other.tell(report(slide=7))
    one.still_there()
    assert heard(path, now.seconds) == report(slide=7)
    one.leave()
    assert heard(path, now.seconds) == report(slide=7), "it is not one's own to take away"
    one.tell(report(slide=2))
    assert heard(path, now.seconds) == report(slide=2)


def test_who_is_left_takes_the_notes_over_from_one_that_was_killed(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    left = Teller(path, now)
    now.seconds += 1
    killed = Teller(path, now)
    left.tell(report(slide=7))
    killed.tell(report(slide=1))
    now.seconds += STALE_S
    left.still_there()
    assert heard(path, now.seconds) == report(slide=1), "it may still be there"
    now.seconds += 1
    assert heard(path, now.seconds) is None
    left.still_there()
    assert heard(path, now.seconds) == report(slide=7)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    teller = Teller(blocked / "doom-loop.json", Time())
    teller.tell(report())
    assert teller.trouble.startswith("notes cannot follow: ")
    assert teller.trouble.endswith(f": {blocked}/doom-loop.json"), "why, before a long place"


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"slide": "4"},
        {"slide": True},
        {"notes": "Ask"},
        {"notes": [1]},
        {"options": [{"text": "yes"}]},
        {"options": 3},
        {"started_s": "now"},
        {"started_s": "12"},
        {"started_s": float("nan")},
        {"started_s": float("-inf")},
        {"started_s": 10**400},
        {"started_s": -1e300},
        {"title": None},
    ],
)
def test_a_file_that_is_not_ours_is_not_believed(tmp_path: Path, change: dict[str, Any]) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    Teller(path, now).tell(report(options=(Option("yes", 1, True),)))
    assert heard(path, now.seconds) is not None
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    os.utime(path, (now.seconds, now.seconds))
    assert heard(path, now.seconds) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 60_000, b"x" * 100_000])
def test_a_broken_file_is_nobody(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "doom-loop.json"
    path.write_bytes(content)
    assert heard(path, path.stat().st_mtime) is None


def test_text_from_the_file_is_cleaned(tmp_path: Path) -> None:
    path, now = tmp_path / "doom-loop.json", Time()
    Teller(path, now).tell(report(title="\x1b]0;owned\x07" + "y" * 10_000))
    found = heard(path, now.seconds)
    assert found is not None
    assert found.title.isprintable()
    assert len(found.title) <= 1_000


def test_the_report_says_what_comes_next_and_how_hands_stand() -> None:
    way = show("doom-loop", place("doom-loop", Kind.QUESTION, 1))
    way.votes["next"] = Votes((12, 5, 20))
    found = report_of(way, blank=False, started_s=5.0)
    assert (found.title, found.minutes) == ("9. Timeouts and the doom loop", 9)
    question = way.step.question
    assert question is not None
    assert found.now == f"question: {question.ask}"
    assert found.next == "answer: the run shows it"
    assert [option.hands for option in found.options] == [12, 5, 20]
    assert [option.right for option in found.options] == [False, False, True]
    way.go_to(10_000)
    assert report_of(way, blank=False, started_s=None).next == ""


def test_the_report_says_what_is_unusual() -> None:
    way = show("doom-loop", place("doom-loop", Kind.QUESTION))
    states = [report_of(way, blank=False, started_s=None).state]
    way.ballot = Ballot(2).next()
    states.append(report_of(way, blank=False, started_s=None).state)
    way.interrupt()
    states.append(report_of(way, blank=False, started_s=None).state)
    states.append(report_of(way, blank=True, started_s=None).state)
    assert states == [
        "", "counting hands for 2", "something is being tried out", "the screen is black",
    ]  # fmt: skip


def test_the_file_stands_in_the_users_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert file_of("doom-loop").name == "doom-loop.json"
    assert file_of("doom-loop").is_relative_to(tmp_path)
