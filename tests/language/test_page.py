"""docs/commands.md is what the table of verbs gives, and tells every verb and key."""

from __future__ import annotations

from lifecycle_tui.language.grammar import VERBS
from lifecycle_tui.language.page import page
from tools.commands import PAGE


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tools/commands.py"


def test_the_page_tells_everything() -> None:
    text = page()
    for verb in VERBS:
        assert f"### {verb.word}\n" in text
        assert f"    {verb.usage}\n" in text
        for key in verb.keys:
            assert f"| `{key.name}` |" in text
        for example in verb.examples:
            assert f"    {example}\n" in text


def test_no_line_of_usage_is_too_long_for_a_screen() -> None:
    for verb in VERBS:
        assert len(f"{verb.word:10}{verb.help}") <= 120
        assert verb.help[0].islower()
        assert not verb.help.endswith(".")
