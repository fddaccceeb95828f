"""Raised hands: numbers as they are typed, their shares and their bars."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.lessons.presenting.votes import DIGITS, Ballot, Votes

HANDS = st.lists(st.integers(0, 9_999), min_size=2, max_size=4).map(tuple).map(Votes)


def typed(options: int, keys: str) -> Ballot:
    """Type digits; ``/`` goes on, ``<`` rubs out."""
    ballot = Ballot(options)
    for key in keys:
        if key == "/":
            ballot = ballot.next()
        else:
            ballot = ballot.rub_out() if key == "<" else ballot.digit(key)
    return ballot


@given(HANDS)
def test_shares_make_a_hundred(votes: Votes) -> None:
    assert sum(votes.percent) == (100 if votes.total else 0)
    for hands, share in zip(votes.hands, votes.percent, strict=True):
        assert not votes.total or abs(share - hands * 100 / votes.total) < 1


@given(HANDS, st.integers(8, 60), st.booleans())
def test_bars_keep_the_order_of_the_hands(votes: Votes, cells: int, ascii_only: bool) -> None:
    bars = [votes.bar(place, cells, ascii_only=ascii_only) for place in range(len(votes.hands))]
    assert all(len(bar) <= cells for bar in bars)
    assert all(bool(bar) == bool(hands) for bar, hands in zip(bars, votes.hands, strict=True))
    assert all(bar.isascii() for bar in bars) or not ascii_only
    by_hands = sorted(zip(votes.hands, map(len, bars), strict=True))
    assert [length for _, length in by_hands] == sorted(map(len, bars))
    if votes.total:
        assert max(map(len, bars)) == cells


def test_shares_of_a_room() -> None:
    assert Votes((12, 5, 20)).percent == (32, 14, 54)
    assert Votes((1, 1, 1)).percent == (34, 33, 33)
    assert Votes((0, 0)).percent == (0, 0)


def test_numbers_are_typed_option_after_option() -> None:
    assert typed(3, "12/5/20").votes == Votes((12, 5, 20))
    assert typed(3, "12").votes == Votes((12, 0, 0))
    assert typed(3, "//7").votes == Votes((0, 0, 7))
    assert typed(3, "1/2/3/4").typed == ("1", "2", "34"), "behind the last one there is none"


def test_numbers_are_bounded() -> None:
    assert typed(2, "99999").votes.hands[0] == 9_999
    assert typed(2, "000012").votes.hands[0] == 12
    assert len(typed(2, "0" * 20).typed[0]) <= DIGITS


def test_rubbing_out_goes_back_over_options() -> None:
    assert typed(3, "12/5<").typed == ("12", "")
    assert typed(3, "12/5<<").typed == ("12",)
    assert typed(3, "12/5<<<<<<").typed == ("",)
    assert typed(3, "12<<").is_empty
