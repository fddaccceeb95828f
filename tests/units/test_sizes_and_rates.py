"""Sizes and rates are read exactly, and what is printed reads back the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.units.numbers import UnitError
from lifecycle_tui.units.rates import parse_rate, print_rate
from lifecycle_tui.units.sizes import parse_size, print_size


@pytest.mark.parametrize(
    ("text", "size_mb"), [("512MB", 512), ("10GB", 10_240), ("1.5GB", 1_536), ("0MB", 0)]
)
def test_a_gigabyte_is_1024_megabytes(text: str, size_mb: int) -> None:
    assert parse_size(text) == size_mb


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("512", "has no unit"),
        ("512mb", "unknown unit"),
        ("512MiB", "unknown unit"),
        ("0.5MB", "whole number of megabytes"),
        ("-1MB", "is negative"),
        ("big", "is not a size"),
    ],
)
def test_what_is_no_size_says_why(text: str, words: str) -> None:
    with pytest.raises(UnitError, match=words):
        parse_size(text)


@given(st.integers(0, 10**9))
def test_a_printed_size_reads_back_the_same(size_mb: int) -> None:
    assert parse_size(print_size(size_mb)) == size_mb


@pytest.mark.parametrize(
    ("text", "per_second"),
    [
        ("0.9/s", Fraction(9, 10)),
        ("30/m", Fraction(1, 2)),
        ("1/m", Fraction(1, 60)),
        ("36/h", Fraction(1, 100)),
    ],
)
def test_rates_are_exact(text: str, per_second: Fraction) -> None:
    assert parse_rate(text) == per_second


@pytest.mark.parametrize("text", ["30", "30/d", "30s", "/s", "-1/s", "1/2/s"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_rate(text)


@given(st.integers(0, 10**9), st.integers(0, 6), st.sampled_from([1, 60, 3_600]))
def test_a_printed_rate_reads_back_the_same(digits: int, places: int, seconds: int) -> None:
    rate = Fraction(digits, 10**places * seconds)
    assert parse_rate(print_rate(rate)) == rate


def test_a_rate_without_decimal_form_cannot_be_printed() -> None:
    with pytest.raises(ValueError, match="no finite decimal form"):
        print_rate(Fraction(1, 7))
