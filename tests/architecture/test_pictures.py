"""The pictures of the README and the docs are made by the program, and none is stale."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import pictures
from tools.pictures import ASSETS, PICTURES, Picture, make, stale

ROOT = Path(__file__).parents[2]
SMALL = Picture("a.svg", "first-event --at 900ms")


def test_a_fresh_picture_passes_and_a_changed_or_missing_one_does_not(tmp_path: Path) -> None:
    assert stale([SMALL], tmp_path) == ["a.svg is missing"]
    file = make(SMALL, tmp_path)
    assert stale([SMALL], tmp_path) == []
    file.write_text(file.read_text(encoding="utf-8").replace("COLD", "COOL"), encoding="utf-8")
    assert stale([SMALL], tmp_path) == [
        "a.svg is stale: lifecycle-tui export first-event --at 900ms"
    ]


def test_a_picture_that_nobody_makes_is_told(tmp_path: Path) -> None:
    (tmp_path / "drawn.png").write_bytes(b"")
    (tmp_path / "README.md").write_text("")
    assert stale([], tmp_path) == ["drawn.png is no picture of the list"]


def test_the_check_exits_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pictures, "ASSETS", tmp_path)
    monkeypatch.setattr(pictures, "PICTURES", (SMALL,))
    assert pictures.main(["--check"]) == 1
    assert "run: python tools/pictures.py" in capsys.readouterr().err
    assert pictures.main([]) == 0
    assert pictures.main(["--check"]) == 0


def test_a_command_that_fails_stops_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        make(Picture("a.svg", "no-such-scenario"), tmp_path)
    assert stopped.value.code == 2


def test_the_list_and_the_folder_agree_and_pages_show_nothing_else() -> None:
    known = {picture.file for picture in PICTURES}
    assert known == {file.name for file in ASSETS.iterdir()} - {"README.md"}
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        shown = re.findall(r"assets/([\w.-]+)", page.read_text(encoding="utf-8"))
        assert set(shown) <= known


def test_ci_checks_them() -> None:
    assert "tools/pictures.py --check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
