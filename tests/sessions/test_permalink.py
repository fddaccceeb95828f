"""Permalinks: they round-trip, and nothing that was copied badly opens."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.layout import LARGEST
from lifecycle_tui.sessions.opening import is_session, open_session
from lifecycle_tui.sessions.permalink import (
    LONGEST,
    PREFIX,
    _checksum,
    _letters,
    parse_permalink,
    write_permalink,
)
from tests.sessions.sessions import SCRIPTS, a_long_one, saved

LINK = write_permalink(a_long_one())


@given(SCRIPTS)
@settings(max_examples=40, deadline=None)
def test_a_session_goes_to_its_permalink_and_back(script: Sequence[str]) -> None:
    before = saved(script)
    assert parse_permalink(write_permalink(before)) == before


def test_it_survives_being_broken_into_lines() -> None:
    broken = "\n  ".join(LINK[start : start + 60] for start in range(0, len(LINK), 60))
    assert parse_permalink(f"  {broken}\n") == a_long_one()
    assert is_session(LINK)
    assert open_session(LINK) == a_long_one()


def refusal(link: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse_permalink(link)
    return str(caught.value)


@given(st.integers(len(PREFIX), len(LINK) - 1), st.sampled_from("aZ9_-.=é "))
@settings(max_examples=200, deadline=None)
def test_an_altered_one_is_refused(place: int, letter: str) -> None:
    altered = LINK[:place] + letter + LINK[place + 1 :]
    if altered != LINK:
        assert refusal(altered).startswith("permalink:1:1: ")


@given(st.integers(0, len(LINK) - 1))
@settings(max_examples=100, deadline=None)
def test_one_that_was_cut_off_is_refused(length: int) -> None:
    assert refusal(LINK[:length]).startswith("permalink:1:1: ")


def sealed(data: bytes) -> str:
    packed = zlib.compress(data, 9)
    return f"{PREFIX}{_letters(packed)}.{_checksum(packed)}"


def test_a_bomb_does_not_go_off() -> None:
    assert "holds more than 4 MB" in refusal(sealed(b"a" * (LARGEST * 40)))
    assert "longer than" in refusal(PREFIX + "a" * LONGEST)


def test_what_holds_no_session_is_told() -> None:
    assert "begins with 'lifecycle-tui session 1'" in refusal(sealed(b"hello\n"))
    assert "it holds no session" in refusal(sealed(b"\xff\xfe"))
    garbage = f"{PREFIX}{_letters(b'garbage')}.{_checksum(b'garbage')}"
    assert "it holds no session" in refusal(garbage)
    assert "format 2; this version" in refusal("lcs2:abc")
