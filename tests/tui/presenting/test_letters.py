"""Large letters: what they look like, and when they give way to ordinary ones."""

from __future__ import annotations

import string

import pytest

from lifecycle_tui.tui.presenting.letters import (
    can_write,
    large,
    letters,
    lines_of,
    width_of,
    written,
)
from tests.lessons.presenting.decks import LESSONS, dealt


def test_every_letter_has_the_same_rows_and_is_like_no_other() -> None:
    assert {len(bitmap) for bitmap in letters().values()} == {11}
    for name, bitmap in letters().items():
        assert len({len(row) for row in bitmap}) == 1, name
        assert set("".join(bitmap)) <= set("#."), name
    alike = {"’"}
    assert len(set(letters().values())) == len(letters()) - len(alike)
    assert set(string.ascii_letters + string.digits + ".,:;!?-'/()+=%&") <= set(letters())


def test_a_word_reads_as_it_should() -> None:
    assert written("Hi 2") == (
        "█   █ ▀   ▄▀▀▀▄",
        "█▄▄▄█ █      ▄▀",
        "█   █ █    ▄▀",
        "▀   ▀ ▀   ▀▀▀▀▀",
    )
    assert written("Hi", ascii_only=True) == (
        "#   # #",
        "#   #  ",
        "#   # #",
        "##### #",
        "#   # #",
        "#   # #",
        "#   # #",
    )


def test_umlauts_are_their_letter_and_two_points() -> None:
    plain, marked = written("o"), written("ö")
    assert len(marked) == len(plain) + 1
    assert marked[0].split() == ["▀", "▀"]
    assert width_of("Ä") == width_of("A")
    assert can_write("Zeitüberschreitung, groß")
    assert not can_write("漢")
    assert not can_write("Ω")


def test_a_heading_is_as_large_as_there_is_room_for() -> None:
    assert large("Freeze", 200, 20) == written("Freeze", 2)
    assert large("Freeze", 40, 20) == written("Freeze", 1)
    assert large("Freeze", 200, 5) == written("Freeze", 1)
    assert large("Freeze", 20, 20) == ()
    assert large("Freeze", 200, 3) == ()
    assert large("漢字", 200, 20) == ()
    assert large(" ", 200, 20) == ()


def test_lines_break_between_words() -> None:
    assert lines_of("Timeouts and the doom loop", 76) == ("Timeouts and", "the doom loop")
    assert lines_of("Provisioned", 40) is None
    with pytest.raises(KeyError):
        width_of("漢")


@pytest.mark.parametrize("width", [80, 120, 200])
def test_all_titles_of_the_course_are_large(width: int) -> None:
    for name in LESSONS:
        title = dealt(name)[0].lesson.title
        rows = large(title, width - 4, 17)
        assert rows, title
        assert max(map(len, rows)) <= width - 4
