"""A walkthrough made of a session tells the same story."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from lifecycle_tui.language.running import LineError, read_line, run_line, run_statement
from lifecycle_tui.play.branches import Branch
from lifecycle_tui.play.contrasts import contrasts
from lifecycle_tui.play.contrasts.asking import try_out
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.opening import open_scenario
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.walkthroughs.proving import prove
from lifecycle_tui.walkthroughs.reading import load_walkthrough
from lifecycle_tui.walkthroughs.recording import CannotRecordError, record
from lifecycle_tui.walkthroughs.walk import Walk
from tests.sessions.sessions import CSV as RECORDING
from tests.sessions.sessions import ORIGIN, PLAN, RECORDED, SCRIPTS


def sandbox(*lines: str) -> Session:
    """Return a session on the sandbox in which some lines were carried out."""
    session = open_scenario("sandbox").open()
    for line in lines:
        assert not run_line(session, line).refused, line
    return session


def told(saved: Saved, folder: Path) -> Walk:
    """Return the end of the walkthrough that is made of a session."""
    for name, text in record(saved, "story").files.items():
        (folder / name).write_text(text, encoding="utf-8")
    walkthrough = load_walkthrough(folder / "story.walk.yaml")
    assert prove(walkthrough) == []
    return Walk(walkthrough, 1_000)


def story(branches: tuple[Branch, ...]) -> list[tuple[object, ...]]:
    """Return what was done in each branch."""
    return sorted((b.name, b.parent or "", b.steps, b.variations) for b in branches)


def test_a_session_becomes_steps_with_waits(tmp_path: Path) -> None:
    session = sandbox(
        "fire", "wait until idle", "wait 5s", "burst 2", "wait until idle", "seek 7s",
        "set timeout=1s", "wait 1s",
    )  # fmt: skip
    text = record(Saved.of(session), "story").files["story.walk.yaml"]
    assert (
        text
        == """\
format: 1
title: "Sandbox: one function, nothing scheduled"
scenario: sandbox
seed: 0
sizes: [80x24]
steps:
  - caption: "Say here what the story is about, before anything is done."
  - caption: "At 0 s: one event."
    do:
      - fire
      - wait until idle
  - caption: "At 7.32 s: 2 events."
    do:
      - wait 5s
      - fire count=2
      - wait until idle
  - caption: "main.1 leaves main at 7 s."
    do:
      - seek 7s
      - fork main.1
  - caption: "At 7 s: timeout changed."
    do:
      - set timeout=1s
  - caption: "This is how it stands at 8 s."
    do:
      - wait 1s
    compare: main
"""
    )
    assert story(told(Saved.of(session), tmp_path).session.branches) == story(session.branches)


@settings(max_examples=25)
@given(SCRIPTS)
def test_whatever_was_done_is_told_again(lines: list[str]) -> None:
    session = Session(PLAN, scenario_name="small")
    session.origin = lambda: ORIGIN
    for line in lines:
        with suppress(LineError):
            run_line(session, line)
    saved = Saved.of(session)
    with TemporaryDirectory() as folder:
        walk = told(saved, Path(folder))
    assert story(walk.session.branches) == story(saved.branches)
    assert walk.session.at_us == session.at_us
    assert walk.session.branch.name == session.branch.name


def test_most_sessions_can_be_told(tmp_path: Path) -> None:
    """Forks of forks, restarts, other rules, another name for the first branch."""
    for lines in (
        [
            "fire",
            "wait 1s",
            "fork a",
            "fire",
            "wait 3s",
            "fork b",
            "deploy",
            "switch a",
            "wait 1s",
            "fire",
            "switch main",
            "wait 9s",
            "fire",
        ],
        ["fire", "wait until idle", "restart timeout=6s as=long", "wait 3s", "fire"],
        ["fire", "wait 4s", "fire", "restart steps=drop", "wait 2s", "burst 3"],
        ["rename first", "rules 2023-01-01", "fire", "wait 2s", "seek 1s", "prewarm"],
    ):
        saved = Saved.of(sandbox(*lines))
        assert story(told(saved, tmp_path).session.branches) == story(saved.branches)


def test_another_scenario_stands_beside_it(tmp_path: Path) -> None:
    session = Session(PLAN, scenario_name="small")
    session.origin = lambda: ORIGIN
    run_line(session, "fire web-api")
    walk = told(Saved.of(session), tmp_path)
    assert (tmp_path / "story.scenario.yaml").read_text() == ORIGIN.text
    assert walk.walkthrough.plan == PLAN


def test_captions_may_be_filled_in_with_anything_that_was_there(tmp_path: Path) -> None:
    session = sandbox("bookmark", "fork {x}", "fire")
    walk = told(Saved.of(session), tmp_path)
    assert walk.walkthrough.steps[1].caption.plain == "{x} leaves main at 0 s."


@pytest.mark.parametrize("number", [0, 1])
def test_a_contrast_that_was_tried_out_is_told_again(number: int, tmp_path: Path) -> None:
    session = sandbox("fire", "wait 5s", "fire", "wait until idle", "set timeout=1s", "wait 1s",
                      "fire duration=2s", "wait until idle")  # fmt: skip
    contrast = contrasts(session.index, 3)[number]
    assert not try_out(session, contrast).refused
    run_line(session, "fire")
    saved = Saved.of(session)
    walk = told(saved, tmp_path)
    assert story(walk.session.branches) == story(saved.branches)
    assert walk.session.at_us == session.at_us
    text = (tmp_path / "story.walk.yaml").read_text()
    assert "'suppose {" in text
    (doings,) = [step.doings for step in walk.steps if "suppose" in "".join(step.doings)]
    words = contrast.condition[:1].lower() + contrast.condition[1:]
    assert doings == (f"suppose {words}",)


def test_a_contrast_that_fits_nothing_is_refused_where_it_stands(tmp_path: Path) -> None:
    head = "format: 1\ntitle: X\nscenario: sandbox\nsteps:\n"
    step = "  - {caption: One., do: ['suppose %s']}\n"
    wrong = tmp_path / "wrong.walk.yaml"
    wrong.write_text(head + step % '{"words": "x"}')
    with pytest.raises(ScenarioError, match=r"wrong.walk.yaml:5:27: suppose: expected"):
        load_walkthrough(wrong)
    change = '{"is": "FunctionSet", "of": [9, "timeout_us", 1000000, 0]}'
    wrong.write_text(head + step % f'{{"words": "Had #7 not come", "change": {change}}}')
    (problem,) = prove(load_walkthrough(wrong))
    assert problem.place.line == 5
    assert "fits nothing in this session" in problem.message


def test_recorded_arrivals_of_its_scenario_stand_beside_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "arrivals.csv").write_text(RECORDING)
    (tmp_path / "own.yaml").write_text(RECORDED)
    session = open_scenario(str(tmp_path / "own.yaml")).open()
    run_line(session, "fire")
    folder = tmp_path / "told"
    folder.mkdir()
    (folder / "sub").mkdir()
    found = record(Saved.of(session), "story").files
    assert list(found) == ["story.walk.yaml", "story.scenario.yaml", "sub/arrivals.csv"]
    assert found["sub/arrivals.csv"] == RECORDING
    walk = told(Saved.of(session), folder)
    assert walk.walkthrough.plan == session.scenario
    assert story(walk.session.branches) == story(session.branches)


def test_recorded_arrivals_that_were_sent_by_hand_stand_beside_it(tmp_path: Path) -> None:
    (tmp_path / "arrivals.csv").write_text(RECORDING)
    session = sandbox("fire", "wait until idle")
    run_statement(session, read_line(session, "pattern trace=arrivals.csv", folder=tmp_path))
    run_line(session, "wait 3s")
    folder = tmp_path / "told"
    folder.mkdir()
    saved = Saved.of(session)
    walk = told(saved, folder)
    assert story(walk.session.branches) == story(saved.branches)
    text = (folder / "story.walk.yaml").read_text()
    assert "recordings:\n  - arrivals.csv\n" in text
    (folder / "arrivals.csv").unlink()
    with pytest.raises(ScenarioError, match="there is no file 'arrivals"):
        load_walkthrough(folder / "story.walk.yaml")
    (folder / "story.walk.yaml").write_text(text.replace("- arrivals.csv", "- ../arrivals.csv"))
    with pytest.raises(ScenarioError, match="leads out of the walkthrough's folder"):
        load_walkthrough(folder / "story.walk.yaml")


def test_arrivals_outside_of_the_scenarios_folder_are_refused_with_a_way_out(
    tmp_path: Path,
) -> None:
    (tmp_path / "arrivals.csv").write_text(RECORDING)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "own.yaml").write_text(RECORDED.replace("sub/", "../"))
    saved = open_scenario(str(inner / "own.yaml"))
    with pytest.raises(CannotRecordError, match="not below its own folder; put the file there"):
        record(saved, "story")


def test_more_steps_than_there_may_be_are_refused() -> None:
    session = sandbox(*["fire", "wait 1s"] * 70)
    with pytest.raises(CannotRecordError, match=r"it has 7\d steps, and a walkthrough has 60"):
        record(Saved.of(session), "story")
