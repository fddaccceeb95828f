"""``lifecycle-tui progress``: nothing is overwritten or forgotten unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui import locations
from lifecycle_tui.lessons.progress import Progress, Store
from tests.cli.running import Command

NOW = "2026-11-26T10:00:00Z"
SOME = Progress().opened("freeze", NOW).completed("freeze", 3, NOW).opened("reserved", NOW)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return the store of a person with some progress."""
    monkeypatch.setattr(locations, "state", lambda: tmp_path / "state")
    kept = Store()
    kept.write(SOME)
    return kept


def test_show(command: Command, store: Store) -> None:
    status, out, err = command("progress", "show")
    assert (status, err) == (0, "")
    assert f"file: {store.path}" in out
    assert "freeze            done, best 3 moves" in out
    assert "reserved          started" in out


def test_show_before_anything_was_done(command: Command, store: Store) -> None:
    store.forget()
    assert "lifecycle-tui learn" in command("progress", "show").out


def test_export_and_import_carry_everything(command: Command, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    assert command("progress", "export", str(file)).status == 0
    assert command("progress", "export").out == file.read_text(encoding="utf-8")
    store.forget()
    status, out, _ = command("progress", "import", str(file))
    assert (status, out) == (0, f"taken over from {file}\n")
    assert store.read() == SOME


def test_export_overwrites_nothing(command: Command, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("dear diary")
    status, _, err = command("progress", "export", str(file))
    assert status == 2
    assert "exists already" in err
    assert file.read_text() == "dear diary"


@pytest.mark.parametrize("words", [("reset",), ("reset", "--lesson", "freeze")])
def test_reset_is_confirmed(command: Command, store: Store, words: tuple[str, ...]) -> None:
    status, _, err = command("progress", *words)
    assert (status, err) == (1, "nothing was changed: confirm with --yes\n")
    assert store.read() == SOME


def test_reset_of_everything(command: Command, store: Store) -> None:
    assert command("progress", "reset", "--yes").out == "forgotten: 2 lessons\n"
    assert not store.path.exists()
    assert command("progress", "reset").out == "there is nothing to forget\n"


def test_reset_of_one_lesson(command: Command, store: Store) -> None:
    assert command("progress", "reset", "--lesson", "freeze", "--yes").status == 0
    assert list(store.read().lessons) == ["reserved"]
    status, _, err = command("progress", "reset", "--lesson", "reservd", "--yes")
    assert status == 2
    assert "did you mean 'reserved'?" in err


def test_import_asks_before_it_replaces(command: Command, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    Store(file).write(Progress(learner="Other"))
    assert command("progress", "import", str(file)).status == 1
    assert store.read() == SOME
    assert command("progress", "import", str(file), "--yes").status == 0
    assert store.read().learner == "Other"


def test_import_of_what_is_no_progress(command: Command, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text("{")
    status, _, err = command("progress", "import", str(file), "--yes")
    assert status == 3
    assert "bad.json: it is not JSON: line 1" in err
    assert command("progress", "import", str(tmp_path / "none.json")).status == 2
    assert store.read() == SOME


def test_a_damaged_file_is_told(command: Command, store: Store) -> None:
    store.path.write_text("{")
    status, out, err = command("progress", "show")
    assert status == 0
    assert "it is kept as progress.damaged-1.json" in err
    assert "nothing yet" in out
