"""Texts of the program as the plain face says them: verbs instead of keys, words for symbols."""

from __future__ import annotations

import re
from typing import Final

from lifecycle_tui.lessons.limits import shown

_SYMBOLS: Final = str.maketrans(
    {
        "†": "(assumed)", "·": ";", "…": "...", "–": "-", "—": "-", "×": "x", "≈": "about ",
        "≥": "at least ", "≤": "at most ", "→": "->", "←": "<-", "“": '"', "”": '"', "‘": "'",
        "’": "'",
    }
)  # fmt: skip

_KEYS: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bu returns to ", "undo returns to "),
        (r"\bu back to ", "undo goes back to "),
        (r"\bU brings ", "redo brings "),
        (r"\bx compares\b", "compare compares the two"),
        (r"\bB lists and deletes them", "delete NAME deletes one"),
        (r"\bi (?:sends|fires) an event", "fire sends an event"),
        (r"\bi now sends by", "fire now sends by"),
        (r"\bSpace lets time pass", "play lets time pass"),
        (r"\bSpace plays this scenario", "play plays this scenario"),
        (r"\bSpace goes on", "play goes on"),
        (r" · \? shows every key", ""),
        (r" · w shows the next", ""),
        (r" · \{ and \} go from one to the next · M removes it", ""),
        (r"\bM sets one", "bookmark sets one"),
        (r"\bh: (\d+ hints?) left, then n shows a way", r"hint: \1 left, then next shows a way"),
        (r"\bn again shows a way", "next again shows a way"),
        (r"\bn skips to its end", "next skips to its end"),
        (r"\bn goes on", "next goes on"),
        (r"\bEsc skips", "skip lets it go"),
        (r"; q leaves it", ""),
    )
)
"""What notes say of keys, and what it is here."""


_LESSON_KEYS: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"The line at the bottom of the screen names the keys\.", "help lists the verbs."),
        (r"\bPress i\. Then wait, or press Space to play\.", "Write fire. Then write play."),
        (r"\bPress i, then Space, and let it play until t is", "Write fire, and wait until t is"),
        (r"\bSpace plays\. A bracket key makes it quicker\.", "play does so, and so does wait."),
        (r"\bPress i\b", "Write fire"),
        (r"\bpress i\b", "write fire"),
        (r"\bWith , and \. you step\b", "With back and step you go"),
        (r", which : opens\.", "."),
        (r"\bPress : and write\b", "Write"),
        (r"\bWrite : and (.+?) and let Tab complete it", r"Write \1 and the rest"),
        (r": Tab leads there, and n back\.", ": state tells of it."),
        (r"\bb sends (several|many) events", r"burst sends \1 events"),
        (r"\bp begins one\b", "prewarm begins one"),
        (r"\br takes an idle\b", "reclaim takes an idle"),
        (r"\bthe Tab key shows how they are written", "they are written as in a scenario file"),
        (r"\bPress L for the log and \$ for the bill\.", "log has the log, and cost the bill."),
        (r"\bPress L to read it\.", "log has the line."),
        (r"\bL shows the whole log", "log has the whole log"),
        (r"\bPress X for the X-Ray trace\.", "Think of the X-Ray trace."),
        (r"\bR goes through the dates\.", "rules and a date change them."),
        (r"\bPress m: the metrics\b", "The metrics"),
        (r"\bPress C and choose the claim\b", "Write claim and the claim"),
        (r"\bChoose a lane with Up and Down: Inspect shows", "state tells"),
        (r"\$ shows what they cost\.", "cost tells what they cost."),
    )
)
"""What lessons say of keys, and what it is here."""


def in_verbs(note: str) -> str:
    """Return a note that names keys of the screen with the verbs that do the same."""
    for pattern, words in _KEYS:
        note = pattern.sub(words, note)
    return note


def without_keys(text: str) -> str:
    """Return a lesson's text, its marks left out, with verbs in place of the screen's keys."""
    text = shown(text)
    for pattern, words in _LESSON_KEYS:
        text = pattern.sub(words, text)
    return text


def spoken(text: str) -> str:
    """Return a text without the symbols that a screen reader skips or spells."""
    return text.replace(" · ", "; ").translate(_SYMBOLS)
