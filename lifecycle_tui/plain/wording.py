"""Texts of the program as the plain face says them: verbs instead of keys, words for symbols."""

from __future__ import annotations

import re
from typing import Final

from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.units.translation import chosen_language, tr, tr_later

_SYMBOLS: Final = str.maketrans(
    {
        "·": ";", "…": "...", "–": "-", "—": "-", "×": "x", "→": "->", "←": "<-", "“": '"',
        "”": '"', "‘": "'", "’": "'",
    }
)  # fmt: skip
_IN_WORDS: Final = {
    "†": (tr_later("(assumed)"), ""),
    "≈": (tr_later("about"), " "),
    "≥": (tr_later("at least"), " "),
    "≤": (tr_later("at most"), " "),
}
"""Symbols that are said in words, and what stands behind them."""

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
        (r" · \{+ and \}+ go from one to the next · M removes it", ""),
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


_PART: Final = " · "
_OF_A_KEY: Final = re.compile(r"(?:[b-zB-Z?{}]|Space|Esc|Enter|Tab) .*")
"""A part of a note that begins with a key."""
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
        (r"\. In a small window Tab leads there, and n back\.", ": state tells of it."),
        (r"\bSpace then lets time pass", "play then lets time pass"),
        (r" \(Down leads to them\)", ""),
        (r"\bb sends (several|many) events", r"burst sends \1 events"),
        (r"\bp begins one\b", "prewarm begins one"),
        (r"\br takes an idle\b", "reclaim takes an idle"),
        (r"\bthe Tab key shows how they are written", "they are written as in a scenario file"),
        (r"\bPress L for the log and \$ for the bill\.", "log has the log, and cost the bill."),
        (r"\bPress L and then → to read it\.", "log has the line."),
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
    """Return a note that names keys of the screen with the verbs that do the same.

    Which verb does what a key does is known of English notes; of those in another language the
    parts that begin with a key are left out.
    """
    if chosen_language():
        first, *others = note.split(_PART)
        kept = [part for part in others if not _OF_A_KEY.fullmatch(part)]
        # A part alone may be a sentence that begins with a short word.
        only_keys = others and not kept and _OF_A_KEY.fullmatch(first)
        return "" if only_keys else _PART.join((first, *kept))
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
    for symbol, (words, gap) in _IN_WORDS.items():
        if symbol in text:
            text = text.replace(symbol, f"{tr(words)}{gap}")
    return text.replace(" · ", "; ").translate(_SYMBOLS)
