"""docs/keys.md is what the table of actions gives, and tells every key."""

from __future__ import annotations

import re

from lifecycle_tui.language.grammar import BY_WORD
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.keys import page
from lifecycle_tui.tui.presenting import keys as presenting
from tools.keys import PAGE


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python tools/keys.py"


def test_the_page_tells_everything() -> None:
    text = page()
    of_slides = (*presenting.PRESENTING, *presenting.VOTING, *presenting.FOLLOWING)
    on_the_way = (*actions.LEARNING, *actions.WALKING, *actions.ANSWERS, *of_slides)
    for action in (*actions.ACTIONS, *on_the_way):
        assert f"| {action.title} | {action.help} |" in text
    for verb in re.findall(r"\(commands\.md#([a-z]+)\)", text):
        assert verb in BY_WORD
