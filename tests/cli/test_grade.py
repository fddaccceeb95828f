"""``lifecycle-tui grade``: six files, six verdicts, and what a learner hands in."""

from __future__ import annotations

import json
import os
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from lifecycle_tui import locations
from lifecycle_tui.lessons.grading.workers import grades, submissions_in
from tests.cli.running import Command
from tests.lessons.grading.learners import LESSON, altered, handed_in, lesson, rights

SECONDS = 10.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one submission of each kind."""
    where = tmp_path_factory.mktemp("class")
    right = rights(lesson())
    perfect = handed_in(where / ".ann", lesson(), right)
    partial = handed_in(where / ".bob", lesson(), right, solves=False)
    files = where / "submissions"
    (files / "group-b").mkdir(parents=True)
    (files / "group-b" / "perfect.lcs").write_text(perfect)
    (files / "partial.lcs").write_text(partial)
    (files / "tampered.lcs").write_text(perfect.replace(" think ", " certain ", 1))
    (files / "truncated.lcs").write_text(perfect[: len(perfect) // 2])
    with (files / "large.lcs").open("wb") as large:
        large.write(perfect.encode())
        large.truncate(100_000_000)
    (files / "binary.lcs").write_bytes(bytes(range(256)) * 40)
    (files / "notes.txt").write_text("not a submission")
    return files


EXPECTED = {
    "binary.lcs": "binary",
    "group-b/perfect.lcs": "passed",
    "large.lcs": "too large",
    "partial.lcs": "below",
    "tampered.lcs": "tampered",
    "truncated.lcs": "truncated",
}


def test_six_submissions_six_verdicts(command: Command, folder: Path, tmp_path: Path) -> None:
    junit = tmp_path / "grades.xml"
    began = time.monotonic()
    status, out, err = command("grade", str(folder), "--json", "--junit", str(junit))
    took = time.monotonic() - began
    assert (status, err) == (1, "")
    told = json.loads(out)
    assert {each["file"]: each["verdict"] for each in told["submissions"]} == EXPECTED
    scores = {each["file"]: each["score"] for each in told["submissions"]}
    assert scores["group-b/perfect.lcs"] == 100
    assert 0 < scores["partial.lcs"] < 80
    assert scores["tampered.lcs"] is None
    assert took < SECONDS

    suite = ET.parse(junit).getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("6", "1", "4")
    cases = {case.get("name"): case for case in suite.iter("testcase")}
    assert cases.keys() == EXPECTED.keys()
    assert [child.tag for child in cases["group-b/perfect.lcs"]] == ["system-out"]
    assert [child.tag for child in cases["partial.lcs"]] == ["failure", "system-out"]
    error = cases["large.lcs"].find("error")
    assert error is not None
    assert error.get("message") == "too large: 100.0 MB; at most 4 MB"


def test_the_table_says_what_is_missing(command: Command, folder: Path) -> None:
    status, out, _ = command("grade", str(folder))
    lines = out.splitlines()
    assert status == 1
    assert lines[0].split() == ["file", "lesson", "score", "verdict", "why"]
    assert lines[-1] == "6 submissions, 1 passed"
    place = next(n for n, line in enumerate(lines) if line.startswith("partial.lcs"))
    assert f"    goal {lesson().checks[0].id}: not reached" in lines[place + 1 :]


def test_all_passed(command: Command, folder: Path) -> None:
    assert command("grade", str(folder / "group-b")).status == 0


def test_nothing_handed_in(command: Command, tmp_path: Path) -> None:
    status, _, err = command("grade", str(tmp_path))
    assert status == 2
    assert "there is no submission" in err


def test_a_replay_without_end_is_ended(folder: Path) -> None:
    paths = submissions_in(folder / "group-b")
    found = list(grades(paths, folder, None, least=80, limit_s=0.0001))
    assert [(each.verdict.value, each.told) for each in found] == [
        ("too long", "its replay takes longer than 0.0001 s")
    ]


def test_a_link_and_a_pipe_are_not_read(tmp_path: Path, folder: Path) -> None:
    os.mkfifo(tmp_path / "pipe.lcs")
    (tmp_path / "link.lcs").symlink_to(folder / "group-b" / "perfect.lcs")
    found = list(grades(submissions_in(tmp_path), tmp_path, None, least=80, limit_s=5))
    assert {each.verdict.value for each in found} == {"unreadable"}
    assert len(found) == 2


def test_a_learner_hands_in_and_is_graded(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locations, "state", lambda: tmp_path / "state")
    text = handed_in(tmp_path / "state", lesson(), rights(lesson()))
    mine = tmp_path / "mine" / "first-event.lcs"
    status, _, err = command("progress", "export", "--submission", LESSON, str(mine))
    assert status == 0
    assert err.startswith("first-event: 2 of 2 goals, 3 of 3 predictions")
    assert mine.read_text(encoding="utf-8") == text
    assert command("progress", "export", "--submission", LESSON, str(mine)).status == 2
    assert command("grade", str(mine.parent)).status == 0
    assert command("progress", "reset", "--yes").status == 0
    assert "0 of 2 goals, 0 of 3" in command("progress", "export", "--submission", LESSON).err


def test_a_file_that_is_too_much_costs_nobody_else_a_grade(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    perfect = (folder / "group-b" / "perfect.lcs").read_text()
    (tmp_path / "a.lcs").write_text(
        altered(perfect, "\n  step ", "\n  step 0s burst 9999999\n  step ")
    )
    (tmp_path / "b.lcs").write_text(perfect)
    told = json.loads(command("grade", str(tmp_path), "--json").out)["submissions"]
    assert [each["verdict"] for each in told] == ["too much", "passed"]
