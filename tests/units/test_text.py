"""Outside text, once cleaned, is one safe line of bounded length."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.units.text import clean, format_count, plural, quote


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("web-api", "web-api"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\x00b\x07c", "a␀b␇c"),
        ("\x7f", "␡"),
        ("\x9b31m", "\ufffd31m"),
        ("one\ntwo\tthree\r\u2028four", "one two three  four"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\u2066isolate\u2069", "isolate"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e\u0301 stays", "e\u0301 stays"),
        ("Z" + "\u0300" * 40 + "!", "Z\u0300\u0300!"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
        ("日本", "日本"),
        ("\ud800", ""),
        ("\U000e0041", ""),
    ],
)
def test_what_could_harm_a_terminal_becomes_visible_or_goes(text: str, safe: str) -> None:
    assert clean(text) == safe


def test_long_text_is_cut_and_says_so() -> None:
    assert clean("a" * 50, 10) == "a" * 9 + "…"
    assert clean("a" * 10, 10) == "a" * 10
    assert clean("\u200b" * 10**6 + "a", 10).endswith("…")


@given(st.text(max_size=400), st.integers(1, 60))
def test_cleaned_text_is_one_printable_line_and_short(text: str, limit: int) -> None:
    safe = clean(text, limit)
    assert len(safe) <= limit
    assert not {unicodedata.category(each) for each in safe} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e")


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_quotes_and_counts() -> None:
    assert quote("a\x1bb") == "'a␛b'"
    assert format_count(12_345) == "12,345"
    assert [plural(n, "event") for n in (0, 1, 2)] == ["0 events", "1 event", "2 events"]
