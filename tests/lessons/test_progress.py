"""Progress: kept whole, readable, and never lost silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lifecycle_tui.lessons.progress import (
    MOST_PREDICTIONS,
    Answer,
    Belief,
    DamagedError,
    NewerError,
    Progress,
    Status,
    Store,
    parse,
    printed,
)

NOW, LATER = "2026-11-26T10:00:00Z", "2026-11-26T10:08:00Z"
WRONG = Answer("doom-loop.next", "warm", correct=False, seed=42, confidence="certain", at=NOW)
RIGHT = Answer("doom-loop.finish", "timeout", correct=True, seed=42, at=LATER)


def some() -> Progress:
    return (
        Progress()
        .opened("doom-loop", NOW)
        .reached("doom-loop", "escape", 3)
        .hinted("doom-loop")
        .answered(WRONG, believed="TIMEOUT-STAYS-WARM")
        .answered(RIGHT, tested="TIMEOUT-COVERS-INIT")
        .completed("doom-loop", 4, LATER)
    )


def test_a_lesson_goes_from_opened_to_completed() -> None:
    lesson = some().lessons["doom-loop"]
    assert (lesson.status, lesson.beat, lesson.moves, lesson.best) == (Status.DONE, "escape", 4, 4)
    assert (lesson.hints, lesson.first_seen, lesson.done_at) == (1, NOW, LATER)


def test_the_best_is_the_fewest_moves_ever() -> None:
    better = some().completed("doom-loop", 2, LATER).completed("doom-loop", 9, LATER)
    assert better.lessons["doom-loop"].best == 2
    assert better.lessons["doom-loop"].moves == 9


def test_moves_are_no_record_where_a_way_was_shown() -> None:
    shown = Progress().completed("freeze", 0, LATER, shown=True)
    assert shown.lessons["freeze"].best is None
    assert shown.lessons["freeze"].status is Status.DONE
    assert shown.completed("freeze", 3, LATER).lessons["freeze"].best == 3
    assert some().completed("doom-loop", 0, LATER, shown=True).lessons["doom-loop"].best == 4


def test_a_lesson_that_is_done_stays_done_when_it_is_opened_again() -> None:
    assert some().opened("doom-loop", LATER) == some()


def test_what_was_believed_is_counted_and_what_was_known_too() -> None:
    assert some().misconceptions == {
        "TIMEOUT-STAYS-WARM": Belief(seen=1, missed=1, last=NOW),
        "TIMEOUT-COVERS-INIT": Belief(seen=1, missed=0, last=LATER),
    }


def test_only_so_many_predictions_are_kept_the_latest() -> None:
    many = Progress(predictions=(WRONG,) * MOST_PREDICTIONS).answered(RIGHT)
    assert len(many.predictions) == MOST_PREDICTIONS
    assert many.predictions[-1] == RIGHT


def test_a_lesson_can_be_forgotten_alone() -> None:
    left = some().opened("freeze", NOW).without("doom-loop")
    assert list(left.lessons) == ["freeze"]
    assert left.predictions == ()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "progress.json")
    assert store.read() == Progress()
    store.write(some())
    assert store.read() == some()
    assert store.told == ""
    assert [path.name for path in store.path.parent.iterdir()] == ["progress.json"]


def test_the_file_is_readable_and_says_its_schema() -> None:
    whole = json.loads(printed(some()))
    assert list(whole) == ["schema", "lessons", "predictions", "misconceptions"]
    assert whole["schema"] == 1
    assert "\n" in printed(some())


def test_a_change_is_made_to_what_is_there_now(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "progress.json"), Store(tmp_path / "progress.json")
    one.change(lambda kept: kept.opened("freeze", NOW))
    other.change(lambda kept: kept.opened("reserved", NOW))
    assert sorted(one.read().lessons) == ["freeze", "reserved"]


def test_a_crash_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "progress.json")
    store.write(some())

    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", crash)
    with pytest.raises(OSError, match="No space left"):
        store.write(Progress())
    assert store.read() == some()
    assert [path.name for path in tmp_path.iterdir()] == ["progress.json"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"schema": 1, "lessons": {', "it is not JSON: line 1, column 27"),
        ("[]", "the file is no object"),
        ('{"schema": "1"}', "the file.schema is no whole number"),
        ('{"schema": 1, "lessons": {"a": {"status": "won"}}}', "lessons.a.status is 'won'"),
        ('{"schema": 1, "predictions": [{"correct": 1}]}', "predictions[0].correct is neither"),
        ('{"schema": 1, "misconceptions": {"A": {"seen": -1}}}', "misconceptions.A.seen is no"),
        ("[" * 100_000, "it is"),
    ],
)
def test_a_damaged_file_is_kept_aside_and_told(tmp_path: Path, text: str, reason: str) -> None:
    store = Store(tmp_path / "progress.json")
    for number in (1, 2):
        store.path.write_text(text)
        assert store.read() == Progress()
        assert reason in store.told
        assert f"it is kept as progress.damaged-{number}.json" in store.told
        assert (tmp_path / f"progress.damaged-{number}.json").read_text() == text
    store.write(some())
    assert store.read() == some()
    assert store.told == ""


def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "progress.json")
    store.path.write_text('{"schema": 2, "more": true}')
    store.change(lambda kept: kept.opened("freeze", NOW))
    assert "it has schema 2, and this version reads 1" in store.told
    assert store.path.read_text() == '{"schema": 2, "more": true}'


def test_text_from_a_file_is_cleaned() -> None:
    data = json.dumps({"schema": 1, "learner": "\x1b[31mEve\u202e"}).encode()
    assert parse(data).learner == "␛[31mEve"


def test_what_is_no_progress_file_is_told_apart_from_a_newer_one() -> None:
    with pytest.raises(DamagedError):
        parse(b"\xff")
    with pytest.raises(NewerError):
        parse(b'{"schema": 9}')
