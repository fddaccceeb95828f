"""A fault of the program: no traceback on the terminal, but a line, a report and a status."""

from __future__ import annotations

from collections.abc import Callable
from functools import partialmethod
from pathlib import Path

import platformdirs
import pytest
from textual.app import App
from textual.pilot import Pilot

from lifecycle_tui import exit_codes
from lifecycle_tui.tui import fault
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.launch import run_play
from lifecycle_tui.tui.widgets.why import Why
from tests.play.plans import plan


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let reports go to a folder of the test."""
    folder = tmp_path / "log"
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda *_, **__: str(folder))
    return folder


def run_with(
    monkeypatch: pytest.MonkeyPatch, pilot: Callable[[Pilot[int]], object] | None = None
) -> None:
    """Let the app run without a terminal, driven by a pilot."""
    run = partialmethod(App.run, headless=True, size=(80, 24), auto_pilot=pilot)
    monkeypatch.setattr(LifecycleApp, "run", run)


async def leave(pilot: Pilot[int]) -> None:
    await pilot.press("q")


def broken(*_: object) -> None:
    raise ValueError("it \x1b[31mbroke")


def test_a_widget_that_raises_ends_in_one_line_and_a_report(
    logs: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Why, "watch_explanation", broken)
    run_with(monkeypatch)

    async def fire(pilot: Pilot[int]) -> None:
        await pilot.press("i")

    run_with(monkeypatch, fire)
    monkeypatch.setattr(Why, "on_resize", broken)
    assert run_play(plan(), scenario_name="small") == exit_codes.FAULT == 70
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err
    assert "\x1b[31m" not in err
    (line,) = err.splitlines()
    (report,) = logs.iterdir()
    assert "ValueError: it" in line
    assert str(report) in line
    told = report.read_text(encoding="utf-8")
    assert "Traceback" in told
    assert "in broken" in told
    assert "scenario: small" in told


def test_a_run_that_cannot_begin_is_reported_too(
    logs: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lifecycle_tui.play.session.Session", lambda *_, **__: broken())
    assert run_play(plan(), scenario_name="small") == exit_codes.FAULT
    (line,) = capfd.readouterr().err.splitlines()
    assert "stopped by a fault of its own" in line


def test_a_report_goes_elsewhere_where_logs_cannot(
    tmp_path: Path, logs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    path = fault.write_report("told")
    assert path is not None
    assert path.parent == tmp_path / "temporary"
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(logs))
    assert fault.write_report("told") is None


def test_leaving_is_no_fault(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_with(monkeypatch, leave)
    assert run_play(plan(), scenario_name="small") == 0
    assert not logs.exists()


def test_the_size_is_the_terminals_and_not_the_shells(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, "12")
    seen: list[object] = []

    def run(app: LifecycleApp) -> None:
        import os

        seen.extend(os.environ.get(name) for name in ("COLUMNS", "LINES"))

    monkeypatch.setattr(LifecycleApp, "run", run)
    run_play(plan(), scenario_name="small")
    assert seen == [None, None]
