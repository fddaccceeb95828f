"""Files are written whole or not at all, and never over another by accident."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lifecycle_tui.files import replacing, write_new, write_privately


def test_a_file_takes_the_place_of_another_only_when_all_went_well(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text("old")
    with pytest.raises(TypeError), replacing(path) as file:
        file.writelines([b"half", None])  # type: ignore[list-item]
    assert path.read_text() == "old"
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["a.svg"]


def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    with replacing(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    with replacing(tmp_path / "a") as file:
        file.write(b"x")
    (tmp_path / "b").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_what_is_kept_is_its_owners_alone_and_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "state" / "deep" / "kept.json"
    for text in ("first", "second"):
        write_privately(path, text)
        assert path.read_text() == text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    write_privately(path, "third")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["kept.json"]
    with pytest.raises(UnicodeEncodeError):
        write_privately(path, "\ud800")
    assert path.read_text() == "third"


def test_what_is_no_ordinary_file_is_written_to_and_left(tmp_path: Path) -> None:
    with replacing(Path(os.devnull)) as file:
        file.write(b"x")
    assert not Path(os.devnull).is_file()
    with pytest.raises(IsADirectoryError), replacing(tmp_path):
        pytest.fail("a folder cannot be written")


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    names = [write_new(tmp_path / "a.svg", str(n).encode()).name for n in range(3)]
    assert names == ["a.svg", "a-2.svg", "a-3.svg"]
    assert (tmp_path / "a.svg").read_text() == "0"
