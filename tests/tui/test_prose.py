"""Prose in cells: what belongs together is not parted, and what is cut is marked."""

from __future__ import annotations

import pytest

from lifecycle_tui.tui.widgets.prose import part, seconds, wrap

TEXTS = (
    "its reclaim time was drawn as 1.48 s †. It ends at 10.10 s, then 512 MB are free.",
    "e1 was FROZEN and free at 300.00 s, so it was thawed for #4, and not e2 or event #3.",
    "the caller waits 80 % of (12 ms) and 1,320 ms more",
)
TOGETHER = (
    "1.48 s †", "10.10 s", "512 MB", "300.00 s", "for #4", "event #3", "80 %", "(12 ms)", "1,320 ms"
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", range(14, 60, 3))
def test_numbers_stay_with_their_units(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert " ".join(lines) == text
    assert all(len(line) <= width for line in lines)
    for words in TOGETHER:
        if words in text:
            assert any(words in line for line in lines), words


def test_what_does_not_fit_together_is_parted() -> None:
    assert wrap("1234567 ms", 8) == ["1234567", "ms"]
    assert wrap("an #12345678", 9) == ["an", "#12345678"]


@pytest.mark.parametrize(
    ("us", "expected"), [(0, "0.000"), (1_479_600, "1.480"), (1_479_499, "1.479"), (500, "0.001")]
)
def test_seconds_are_rounded_half_up(us: int, expected: str) -> None:
    assert seconds(us) == expected


def test_a_part_of_a_text_shows_where_it_is_cut() -> None:
    assert part("abcdefgh", 0, 8) == "abcdefgh"
    assert part("abcdefgh", 0, 5) == "abcd…"
    assert part("abcdefgh", 2, 5) == "…defg"[:4] + "…"
    assert part("abcdefgh", 3, 5) == "…efgh"
    assert part("ab", 5, 5) == "…"
