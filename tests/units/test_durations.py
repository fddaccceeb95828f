"""Durations are read exactly, and what is printed reads back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.units.durations import (
    format_duration,
    format_ms,
    parse_duration,
    print_duration,
)
from lifecycle_tui.units.numbers import UnitError


@pytest.mark.parametrize(
    ("text", "time_us"),
    [
        ("500us", 500),
        ("250ms", 250_000),
        ("1.5s", 1_500_000),
        ("10m", 600_000_000),
        ("2h", 7_200_000_000),
        ("1d", 86_400_000_000),
        ("0s", 0),
        ("-0s", 0),
        ("0.001ms", 1),
        ("+3s", 3_000_000),
        ("0.3s", 300_000),
        ("4.35ms", 4_350),
    ],
)
def test_durations_are_whole_microseconds(text: str, time_us: int) -> None:
    assert parse_duration(text) == time_us


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3", "has no unit; write a duration with a unit"),
        ("3 s", "is not a duration"),
        ("3sec", "unknown unit 'sec'"),
        ("", "is not a duration"),
        ("1:30", "is not a duration"),
        ("1e3s", "is not a duration"),
        (".5s", "is not a duration"),
        ("-1s", "is negative"),
        ("0.1us", "finer than a microsecond"),
        ("0.0000001s", "finer than a microsecond"),
        ("9" * 100 + "s", "is not a duration"),
        ("٣s", "is not a duration"),
    ],
)
def test_what_is_no_duration_says_why(text: str, words: str) -> None:
    with pytest.raises(UnitError, match=words):
        parse_duration(text)


@given(st.integers(0, 366 * 86_400_000_000))
def test_a_printed_duration_reads_back_the_same(time_us: int) -> None:
    assert parse_duration(print_duration(time_us)) == time_us


@given(st.integers(0, 10**12), st.sampled_from(["us", "ms", "s"]))
def test_decimal_fractions_are_exact(micro: int, unit: str) -> None:
    scale = {"us": 0, "ms": 3, "s": 6}[unit]
    whole, rest = divmod(micro, 10**scale)
    text = f"{whole}.{rest:0{scale}d}{unit}" if scale else f"{whole}{unit}"
    assert parse_duration(text) == micro


@pytest.mark.parametrize(
    ("time_us", "text"),
    [
        (0, "0 ms"),
        (7, "7 us"),
        (999, "999 us"),
        (1_000, "1 ms"),
        (372_000, "372 ms"),
        (4_350, "4.35 ms"),
        (99_960, "100 ms"),
        (999_499, "999 ms"),
        (999_500, "1 s"),
        (1_020_000, "1.02 s"),
        (59_949_999, "59.9 s"),
        (59_950_000, "1m00s"),
        (372_020_000, "6m12s"),
        (3_600_000_000, "1h00m"),
        (7 * 86_400_000_000 + 3_600_000_000, "7d01h"),
        (-100_000, "-100 ms"),
    ],
)
def test_times_for_people_have_about_three_digits(time_us: int, text: str) -> None:
    assert format_duration(time_us) == text


@given(st.integers(0, 10**13))
def test_times_for_people_stay_short(time_us: int) -> None:
    assert len(format_duration(time_us)) <= 8


@pytest.mark.parametrize(
    ("time_us", "decimals", "text"),
    [
        (372_000, 2, "372.00 ms"),
        (1_005, 2, "1.01 ms"),
        (1_004, 2, "1.00 ms"),
        (1_500, 0, "2 ms"),
        (-1_500, 1, "-1.5 ms"),
        (-4, 2, "0.00 ms"),
    ],
)
def test_milliseconds_round_half_up(time_us: int, decimals: int, text: str) -> None:
    assert format_ms(time_us, decimals) == text
