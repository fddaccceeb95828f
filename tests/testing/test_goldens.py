"""Snapshots: where they are kept, and how a person is told what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.export.pictures.frame import Frame, Ink, Row, Span
from lifecycle_tui.export.pictures.svg import svg
from lifecycle_tui.testing.goldens import (
    Golden,
    difference,
    expected_files,
    folder_of,
    goldens_of,
    strangers,
    write,
)
from lifecycle_tui.walkthroughs.model import Size
from tests.walkthroughs.examples import EXAMPLE, read

BASE = Ink("#dddddd", "#111111")
GREEN = Ink("#00aa00", "#111111", bold=True)
SMALL, LARGE = Size(80, 24), Size(120, 40)


def frame(*rows: Row) -> Frame:
    return Frame("a title", 20, rows, BASE)


def row(text: str, ink: Ink = BASE) -> Row:
    return (Span(text, ink, len(text)), Span(" " * (20 - len(text)), BASE, 20 - len(text)))


def bar(ink: Ink) -> Row:
    return (Span("█" * 5, ink, 5), Span(" " * 15, BASE, 15))


def golden(path: Path, shown: Frame) -> Golden:
    return Golden("cold", path, svg(shown))


def test_each_mark_has_files_for_the_sizes_it_names(tmp_path: Path) -> None:
    walkthrough, path = read(EXAMPLE), tmp_path / "my.walk.yaml"
    assert folder_of(path) == tmp_path / "__walk__" / "my"
    frames = {"cold": frame(row("COLD")), "warm": frame(row("WARM"))}
    small = goldens_of(walkthrough, path, SMALL, frames)
    assert [one.path.name for one in small] == ["cold-80x24.txt", "warm-80x24.txt"]
    assert small[0].content == "COLD\n"
    large = goldens_of(walkthrough, path, LARGE, frames)
    assert [one.path.name for one in large] == ["cold-120x40.txt", "warm-120x40.svg"]
    assert {one.path for one in small + large} == expected_files(walkthrough, path)


def test_what_is_written_once_does_not_differ_and_is_not_written_again(tmp_path: Path) -> None:
    one = Golden("cold", tmp_path / "deep" / "cold.txt", "a\nb\n")
    assert difference(one) == f"{one.path}: there is no such snapshot yet"
    assert write(one)
    assert not write(one)
    assert difference(one) == ""
    one.path.write_bytes(b"a\r\nb\r\n")
    assert difference(one) == "", "line ends of another system are no difference"


def test_text_is_told_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "cold-80x24.txt"
    write(Golden("cold", path, "one\ntwo\nCOLD\nfour\nfive\n"))
    told = difference(Golden("cold", path, "one\ntwo\nCOOL\nfour\nfive\n"))
    assert told.splitlines() == [
        "--- kept/cold-80x24.txt",
        "+++ shown/cold-80x24.txt",
        "@@ -2,3 +2,3 @@",
        " two",
        "-COLD",
        "+COOL",
        " four",
    ]


def test_of_a_picture_first_the_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cold.svg"
    write(golden(path, frame(row("a < b"), row("COLD"))))
    told = difference(golden(path, frame(row("a < b"), row("COOL")))).splitlines()
    assert told[0] == f"{path} differs:"
    assert told[3:] == ["@@ -1,2 +1,2 @@", " a < b", "-COLD", "+COOL"]


def test_of_a_picture_with_the_same_text_the_cells_are_told(tmp_path: Path) -> None:
    path = tmp_path / "cold.svg"
    write(golden(path, frame(row("one"), row("COLD"))))
    told = difference(golden(path, frame(row("one"), row("COLD", GREEN)))).splitlines()
    assert told[1:] == ["line 2, column 1: 'COLD' plain -> #00aa00 bold"]


def test_of_a_picture_bars_and_backgrounds_are_told(tmp_path: Path) -> None:
    path = tmp_path / "cold.svg"
    write(golden(path, frame(bar(BASE))))
    told = difference(golden(path, frame(bar(GREEN)))).splitlines()
    assert told[1:] == ["line 1: other bars or backgrounds"]


def test_another_title_is_a_difference_too(tmp_path: Path) -> None:
    path = tmp_path / "cold.svg"
    write(golden(path, frame(row("one"))))
    other = Frame("another title", 20, (row("one"),), BASE)
    assert "its size, title or fonts are others" in difference(golden(path, other))


def test_a_picture_that_differs_everywhere_is_told_in_a_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "cold.svg"
    rows = [row(f"line {n}") for n in range(40)]
    write(golden(path, frame(*rows)))
    told = difference(golden(path, frame(*(row(f"line {n}", GREEN) for n in range(40)))))
    assert len(told.splitlines()) == 22
    assert told.endswith("… and more")


@pytest.mark.parametrize("kept", ["", "<svg", "\x00\xff" * 100, "<g" * 1_000])
def test_a_broken_picture_is_told_and_nothing_breaks(kept: str, tmp_path: Path) -> None:
    path = tmp_path / "cold.svg"
    path.write_text(kept)
    assert "+COLD" in difference(golden(path, frame(row("COLD"))))


def test_snapshots_that_no_step_names_are_found(tmp_path: Path) -> None:
    walkthrough, path = read(EXAMPLE), tmp_path / "my.walk.yaml"
    assert strangers(walkthrough, path) == []
    old = folder_of(path) / "old-80x24.txt"
    write(Golden("old", old, "x"))
    (folder_of(path) / "README.md").write_text("kept")
    assert strangers(walkthrough, path) == [old]
