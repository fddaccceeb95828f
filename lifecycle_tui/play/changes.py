"""The row of changes: what was done to functions and environments, and what scaling did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lifecycle_tui.engine.kinds import SCALED, Kind
from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.play.rows import Label
from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import letter, percent
from lifecycle_tui.units.durations import format_duration

CHANGE: Final = "sender"
"""The look of a change."""


class Change(NamedTuple):
    """Something that was changed: when, and in a word or two."""

    at_us: int
    text: str


def changes(index: Index) -> tuple[Change, ...]:
    """Return all changes of a run by time."""
    return tuple(sorted(_changes(index), key=_when))


def _changes(index: Index) -> Iterator[Change]:
    several = len(index.plan.functions) > 1
    for record in index.commands:
        command = index.plan.commands[index.subjects[record]]
        if not isinstance(command, Fire | Pattern):
            whose = getattr(command, "function", None) if several else None
            yield Change(index.times[record], _named(whose, words_of(command)))
    for record, packed in enumerate(index.codes):
        tell = _TOLD.get(packed & 0xFF)
        if tell is not None and index.times[record] > 0:
            whose, number = index.subjects[record], index.values[record]
            if packed & 0xFF == Kind.SNAPSHOT_TAKEN:
                facts = index.trace.environments[index.environments[record]]
                whose, number = facts.function, facts.code_version
            unnamed = not several or packed & 0xFF == Kind.POLLERS_SCALED
            words = tell.format(number)
            yield Change(index.times[record], words if unnamed else _named(whose, words))


def _named(function: int | None, words: str) -> str:
    return words if function is None else f"{letter(function)} {words}"


_TOLD: Final = {
    **{int(kind): "scaled: PC {}" for kind in SCALED},
    int(Kind.POLLERS_SCALED): "{} pollers",
    int(Kind.SNAPSHOT_TAKEN): "v{} Active",
}
"""What Lambda changes by itself; the number is the record's value, or its version."""


def words_of(command: Command) -> str:
    """Say a command in a word or two, with the new value of a setting."""
    match command:
        case SetConfig(changes=settings):
            return ", ".join(dict.fromkeys(_setting(name, value) for name, value in settings))
        case Provision(count=count):
            return f"PC {count}"
        case Deploy(weight=weight):
            return "deploy" if weight >= 1 else f"deploy {percent(weight)}"
        case Shift(weight=weight):
            return f"alias {percent(weight)}"
        case Prewarm(count=count):
            return "prewarm" if count == 1 else f"prewarm {count}"
        case Reclaim(environment=number):
            return f"reclaim e{number + 1}"
        case Crash(environment=number):
            return f"crash e{number + 1}"
        case _:
            return type(command).__name__.lower()


def _setting(name: str, value: object) -> str:
    short = _SHORT.get(name)
    if short is None:
        return name.partition("_")[0]
    if isinstance(value, int) and name == "timeout_us":
        return f"{short} {format_duration(value)}"
    return f"{short} {'none' if value is None else value}"


_SHORT: Final = {
    "timeout_us": "timeout",
    "memory_mb": "mem",
    "reserved_concurrency": "RC",
    "provisioned_concurrency": "PC",
}


def change_row(found: Sequence[Change], window: Window) -> tuple[Label, ...]:
    """Label the changes of the window; those without room are counted at the one before."""
    labels: list[Label] = []
    more = 0
    for change in found:
        if change.at_us > window.now_us or change.at_us >= window.to_us:
            break
        if change.at_us < window.from_us:
            continue
        column = max(window.column(change.at_us), 0)
        last = labels[-1] if labels else None
        if last is not None and column <= last.column + len(last.text):
            more += 1
            first = last.text if more == 1 else last.text.rpartition(" … ")[0]
            labels[-1] = last._replace(text=f"{first} … +{more}")
            continue
        more = 0
        labels.append(Label(column, change.text, CHANGE, change.at_us))
    return tuple(
        label._replace(column=max(min(label.column, window.width - len(label.text)), 0))
        for label in labels
    )


def _when(change: Change) -> int:
    return change.at_us
