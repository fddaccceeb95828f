"""The plugin for pytest, as an instructor uses it: in a folder with nothing but walkthroughs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.walkthroughs.examples import EXAMPLE, ROOT

PLUGIN = "lifecycle_tui.testing.pytest_plugin"

RELABELLED = """
import lifecycle_tui.tui.widgets.inspector as inspector

code = inspector._phases.__code__
words = tuple("Re-made" if word == "Re-init" else word for word in code.co_consts)
assert words != code.co_consts
inspector._phases.__code__ = code.replace(co_consts=words)
"""
"""What a changed label comes to."""


ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": PLUGIN}
"""Our plugin and no other: those that this project tests itself with take long to load."""


def run_pytest(folder: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Run pytest in a folder, and return its exit status and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
        check=False,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, **environment, "PYTHONPATH": ""},
    )
    return done.returncode, done.stdout + done.stderr


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.*") if file.is_file()}


def test_pytest_finds_the_plugin() -> None:
    (found,) = (one for one in entry_points(group="pytest11") if one.name == "lifecycle-tui")
    assert found.value == PLUGIN


def test_an_instructors_own_walkthrough_is_kept_compared_and_updated(tmp_path: Path) -> None:
    path = tmp_path / "my.walk.yaml"
    path.write_text(
        EXAMPLE.replace("[80x24, 120x40]", "[80x24]").replace("svg: [120x40]", "svg: [80x24]")
    )
    status, said = run_pytest(tmp_path)
    assert status == 1
    assert "there is no such snapshot yet" in said
    assert "Traceback" not in said
    assert files(tmp_path) == {"my.walk.yaml"}, "nothing is kept unless one says so"

    status, said = run_pytest(tmp_path, "--walk-update", **ALONE)
    assert status == 0, said
    kept = {
        f"__walk__/my/{name}" for name in ("cold-80x24.txt", "warm-80x24.txt", "warm-80x24.svg")
    }
    assert files(tmp_path) == {"my.walk.yaml", *kept}
    assert all(f"written: {tmp_path / name}" in said for name in kept)

    strange = {"NO_COLOR": "1", "TEXTUAL_THEME": "nord", "COLUMNS": "40"}
    status, said = run_pytest(tmp_path, "-q", **ALONE, **strange)
    assert status == 0, said

    old = tmp_path / "__walk__" / "my" / "old-80x24.txt"
    old.write_text("x")
    path.write_text(path.read_text().replace("a cold start", "COLD"))
    status, said = run_pytest(tmp_path, "-q", **ALONE)
    assert status == 1
    assert "- cold start." in said
    assert "+ COLD." in said
    assert "old-80x24.txt: no snapshot of this walkthrough is called so" in said
    assert "if that is how it should be: pytest --walk-update" in said
    status, said = run_pytest(tmp_path, "-q", "--walk-update", **ALONE)
    assert f"removed: {old}" in said
    assert not old.exists()


def test_files_that_are_wrong_are_errors_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "broken.walk.yaml").write_text("format: [1\n")
    (tmp_path / "typo.walk.yaml").write_text(EXAMPLE.replace("      - fire\n", "      - fier\n", 1))
    never = EXAMPLE.replace("inv[0].start == 'cold'", "inv[0].start == 'warm'")
    (tmp_path / "never.walk.yaml").write_text(never)
    (tmp_path / ".walk.yaml").write_text("no walkthrough")
    status, said = run_pytest(tmp_path, "--continue-on-collection-errors", "-k", "80x24", **ALONE)
    assert status == 1
    assert "broken.walk.yaml:1:9: not YAML" in said or "broken.walk.yaml:2:1: not YAML" in said
    assert f"{tmp_path}/typo.walk.yaml:12:9: " in said
    assert f"{tmp_path}/never.walk.yaml:13:9: 'wait until" in said
    assert "does not come to hold before" in said
    assert "2 errors" in said
    assert "1 failed" in said
    assert "Traceback" not in said


def test_one_changed_label_fails_what_shows_it_and_nothing_else(tmp_path: Path) -> None:
    ours = tmp_path / "walkthroughs"
    shutil.copytree(ROOT / "walkthroughs", ours)
    (ours / "conftest.py").write_text(RELABELLED)
    size = "80x24"
    showing = set()
    for file in (ours / "__walk__").rglob(f"*-{size}.*"):
        if "Re-init " in file.read_text() or ">Re-init<" in file.read_text():
            showing.add(f"{file.parent.name}.walk.yaml::{size}")
    assert f"03-doom-loop.walk.yaml::{size}" in showing
    assert len(showing) < 6
    status, said = run_pytest(ours, "-q", "-k", size, **ALONE)
    assert status == 1
    assert set(re.findall(r"^FAILED (\S+)", said, re.MULTILINE)) == showing
    assert re.search(r"^- Re-init ", said, re.MULTILINE)
    assert re.search(r"^\+ Re-made ", said, re.MULTILINE)
    assert f"{6 - len(showing)} passed" in said


@pytest.mark.parametrize("walks", [False, True])
def test_nothing_is_loaded_before_it_is_needed(walks: bool, tmp_path: Path) -> None:
    (tmp_path / "test_modules.py").write_text(
        "import sys\n"
        "def test_modules():\n"
        "    names = {name for name in sys.modules if name.startswith('lifecycle_tui')}\n"
        "    print(sorted(names))\n"
        "    assert not any(name.startswith('lifecycle_tui.tui') for name in names)\n"
        f"    assert ('lifecycle_tui.walkthroughs' in names) is {walks}\n"
        "    assert 'textual' not in sys.modules\n"
    )
    if walks:
        (tmp_path / "zz.walk.yaml").write_text(EXAMPLE)
    only = ("-k", "modules", "-p", "no:syrupy", "-p", "no:textual-snapshot", "-p", "no:xdist")
    status, said = run_pytest(tmp_path, *only)
    assert status == 0, said
