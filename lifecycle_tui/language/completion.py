"""How a line may go on: a pure function of its text, the cursor and what can be named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lifecycle_tui.language import keys
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.grammar import BY_WORD, IDLE, ONLY, UNTIL, VERBS, Verb
from lifecycle_tui.language.keys import Key
from lifecycle_tui.language.reading import is_bare
from lifecycle_tui.language.tokens import Word, scan
from lifecycle_tui.language.values import setting
from lifecycle_tui.language.values import text as quoted
from lifecycle_tui.scenario.patterns import OWN, SHARED


class Completion(NamedTuple):
    """What may stand in place of the word at the cursor, and what it means."""

    text: str
    help: str


def complete(text: str, cursor: int, context: Context) -> list[Completion]:
    """Return everything that the word at the cursor may become, what fits best first.

    Args:
        text: the line.
        cursor: how many of its characters stand before the cursor.
        context: what can be named.
    """
    head = text[:cursor]
    partial = head[word_start(text, cursor) :]
    first = head.split(maxsplit=1)[0] if head.strip() else ""
    if head.lstrip() == first:
        return _matching(partial, ((verb.word, verb.help) for verb in VERBS))
    verb = BY_WORD.get(first)
    if verb is None:
        return []
    if verb.rest:
        return _matching(partial, _texts(verb, head, context))
    words, _ = scan(head[: len(head) - len(partial)])
    return _matching(partial, _arguments(verb, words[1:], partial, context))


def word_start(text: str, cursor: int) -> int:
    """Return where the word at the cursor begins: behind the last blank outside of brackets."""
    head = text[:cursor]
    words, _ = scan(head)
    if not words or (head[-1:].isspace() and words[-1].column + len(words[-1].text) < len(head)):
        return len(head)
    return words[-1].column


def completed(text: str, cursor: int, chosen: str) -> tuple[str, int]:
    """Return the line with the word at the cursor replaced, and where the cursor is then.

    A blank follows, unless a value is still to be written.
    """
    start = word_start(text, cursor)
    rest = text[cursor:]
    end = "" if chosen.endswith("=") or rest[:1] == " " else " "
    line = f"{text[:start]}{chosen}{end}{rest}"
    return line, start + len(chosen) + len(end)


def _matching(partial: str, options: Iterable[tuple[str, str]]) -> list[Completion]:
    """Return the options that begin as the word does; else those that contain it."""
    every = [Completion(*option) for option in dict(options).items()]
    begin = [one for one in every if one.text.startswith(partial)]
    if begin or "=" in partial:
        return begin
    return [one for one in every if partial in one.text]


def _texts(verb: Verb, head: str, context: Context) -> Iterator[tuple[str, str]]:
    """Yield what the rest of a line may be."""
    written = head.split()[1:]
    if verb.among == keys.FORK and len(written) < 2:
        yield from _names(keys.FORK, context)
    elif verb.word == "wait" and UNTIL in written:
        if written == [UNTIL] or written[-1] in IDLE:
            yield IDLE, "until nothing is busy"
    elif verb.word == "wait":
        yield UNTIL, "until nothing is busy, or until an expression holds"
        yield from ((sample, "so much virtual time") for sample in ("1s", "5s", "1m"))


def _arguments(
    verb: Verb, words: list[Word], partial: str, context: Context
) -> Iterator[tuple[str, str]]:
    """Yield what may follow the words of a line."""
    by_name = {key.name: key for key in verb.keys}
    name, equals, _ = partial.partition("=")
    if equals and name in by_name:
        key = by_name[name]
        yield from ((f"{name}={value}", told) for value, told in _values(key, context))
        return
    used = {word.key for word in words}
    bare = [key for key in verb.bare if key not in used]
    functions = [name for name in context.names if is_bare(verb, name)]
    for word in words:
        if word.key or word.text == ONLY:
            continue
        if word.text in functions and "function" in by_name and "function" not in used:
            used.add("function")
        elif bare:
            used.add(bare.pop(0))
    if bare:
        yield from _values(by_name[bare[0]], context)
    if "function" in by_name and "function" not in used and len(context.names) > 1:
        yield from ((name, "function") for name in functions)
    hidden = {*used, *verb.bare} | ({"function"} if len(context.names) == 1 else set())
    for key in _open_keys(verb, words):
        if key.name not in hidden:
            yield f"{key.name}=", key.help


def _open_keys(verb: Verb, words: list[Word]) -> tuple[Key, ...]:
    """Return the keys of a verb; those of the process only, where a pattern names one."""
    process = next((word.value for word in words if word.value in OWN), None)
    if verb.word != "pattern" or process is None:
        return verb.keys
    fitting = (*SHARED, *OWN[process])
    return tuple(key for key in verb.keys if key.name in fitting)


def _values(key: Key, context: Context) -> Iterator[tuple[str, str]]:
    """Yield the values that a key may have, or some of them."""
    told = key.help
    if key.among:
        yield from _names(key.among, context)
    meanings = key.meanings or (told,) * len(key.words)
    yield from zip(key.words, meanings, strict=True)
    if key.name in _LISTS and (context.focus is not None or len(context.configured) == 1):
        yield setting(key.name, getattr(context.configured[context.focus or 0], key.name)), _NOW
    yield from ((sample, told) for sample in key.samples)


def _names(among: str, context: Context) -> Iterator[tuple[str, str]]:
    """Yield the names of one kind."""
    match among:
        case keys.FUNCTION:
            yield from ((name, "function") for name in context.names)
        case keys.SOURCE:
            for source in context.plan.sources:
                yield quoted(source.name), f"{source.kind.value}, declared"
        case keys.ENVIRONMENT:
            yield from ((name, "environment") for name in context.environments)
        case keys.FORK:
            current, *others = context.branches or ("",)
            yield from ((name, "fork") for name in others)
            if current:
                yield current, "the fork that is shown"
        case keys.EVENT:
            yield from ((str(n), "event") for n in range(context.events, 0, -1)[:_MOST_EVENTS])
        case keys.VERB:
            yield from ((verb.word, verb.help) for verb in VERBS)


_MOST_EVENTS = 20
_LISTS = ("uses", "extensions")
"""Too long to be written from memory: what is set now is offered, to be changed."""
_NOW = "as it is now"
