"""The project's own promises about its files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import lifecycle_tui
from lifecycle_tui import locations

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/lifecycle-tui",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest",
    ],
)
def test_the_readme_has_its_two_commands_word_for_word(words: str) -> None:
    assert f"\n    {words}\n" in README


def test_version_and_licence_agree() -> None:
    assert PROJECT["project"]["version"] == lifecycle_tui.__version__
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_lessons_and_assets_are_found_in_a_checkout() -> None:
    assert locations.lessons() == ROOT / "lessons"
    assert locations.assets() == ROOT / "assets"
    assert locations.walkthroughs() == ROOT / "walkthroughs"
    assert (locations.lessons() / "README.md").is_file()
    assert (locations.assets() / "README.md").is_file()


def test_lessons_and_assets_are_found_in_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_lessons").mkdir()
    (tmp_path / "_assets").mkdir()
    (tmp_path / "_walkthroughs").mkdir()
    monkeypatch.setattr(locations, "PACKAGE", tmp_path)
    assert locations.lessons() == tmp_path / "_lessons"
    assert locations.assets() == tmp_path / "_assets"
    assert locations.walkthroughs() == tmp_path / "_walkthroughs"


def test_the_wheel_takes_lessons_walkthroughs_and_assets_along() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    taken = {name: f"lifecycle_tui/_{name}" for name in ("lessons", "walkthroughs", "assets")}
    assert included == taken


def test_the_container_builds_its_wheel_from_all_that_the_wheel_takes_along() -> None:
    copied = set()
    for line in (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY "):
            copied.update(line.split()[1:-1])
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {*wheel["packages"], *wheel["force-include"]} < copied
    assert {PROJECT["project"]["readme"], "pyproject.toml"} < copied


def test_what_a_person_keeps_has_a_place_of_its_own() -> None:
    assert locations.state().name == "lifecycle-tui"
