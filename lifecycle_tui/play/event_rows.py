"""The rows of events and of refused events: numbers and start words at their columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from lifecycle_tui.play.arrivals import REFUSED, Arrival
from lifecycle_tui.play.rows import Label
from lifecycle_tui.play.window import Window

SENDER: Final = "sender"
"""The look of who sent an event."""

_Group = tuple[int, int, int]
"""Column, first place and end of arrivals that share one label."""

_CUT: Final = "…"
_SHORTEST_WORD = 4
"""Cells of the shortest start word and of a blank."""


def event_row(arrivals: Sequence[Arrival], window: Window) -> tuple[Label, ...]:
    """Label the events of the window: number and start word where there is room.

    A number stands at its event's column. Its word follows it, else goes before it, else is left
    out. Events too near to each other for a number each share one: ``3-7``.
    """
    groups = _legible(_groups(arrivals, window), arrivals, window.width)
    labels: list[Label] = []
    free = 0
    for place, (column, first, last) in enumerate(groups):
        one = arrivals[first]
        number = _number(arrivals, first, last)
        room = _limit(groups, place, window.width) - column
        text = number
        if room >= len(number) + _SHORTEST_WORD or column - _SHORTEST_WORD >= free:
            words = Counter(arrivals[n].seen(window.now_us) for n in range(first, last))
            alone = len(words) == 1
            word = next(iter(words)) if alone else _totals(words)
            before = column - len(word) - 1
            if len(number) + 1 + len(word) <= room:
                text = f"{number} {word}"
            elif alone and before >= free:
                column, text = before, f"{word} {number}"
        if column + len(text) > window.width:
            column = max(window.width - len(text), 0)
        labels.append(Label(column, text, one.seen(window.now_us), one.at_us))
        free = column + len(text) + 1
    return tuple(labels)


def from_row(arrivals: Sequence[Arrival], window: Window) -> tuple[Label, ...]:
    """Say who sent the events of the window, where it was not a plain call.

    Neighbours with the same senders share one label where there is no room for two; a name that
    has no room then either is cut, which ``…`` says.
    """
    groups = _groups(arrivals, window)
    texts = [
        "+".join(dict.fromkeys(one.source for one in arrivals[first:last] if one.source))
        for _, first, last in groups
    ]
    labels: list[Label] = []
    place = free = 0
    while place < len(groups):
        column, first, _ = groups[place]
        text, last = texts[place], place
        if text:
            while len(text) > _limit(groups, last, window.width) - column:
                if last + 1 == len(groups) or texts[last + 1] != text:
                    break
                last += 1
            end = _limit(groups, last, window.width)
            if last + 1 == len(groups):
                column = max(min(column, end - len(text)), free)
            room = max(end - column, 1)
            shown = text if len(text) <= room else f"{text[: room - 1]}{_CUT}"
            labels.append(Label(column, shown, SENDER, arrivals[first].at_us))
            free = column + len(shown) + 1
        place = last + 1
    return tuple(labels)


def refused_row(refused: Sequence[Arrival], window: Window) -> tuple[Label, ...]:
    """Mark the refused events of the window: a cross, and how many where there are several."""
    labels: list[Label] = []
    groups = _groups(refused, window)
    for place, (column, first, last) in enumerate(groups):
        text = f"x{last - first}" if last - first > 1 else "x"
        if len(text) > _limit(groups, place, window.width) + 1 - column:
            text = "x"
        labels.append(Label(column, text, REFUSED, refused[first].at_us))
    return tuple(labels)


def _totals(words: Counter[str]) -> str:
    return ", ".join(f"{count} {word}" for word, count in words.items())


def _number(arrivals: Sequence[Arrival], first: int, last: int) -> str:
    """Name the events of a group: ``3``, ``3-7``, or ``3+2`` where they are not in a row."""
    number, others = arrivals[first].event, last - first - 1
    if not others:
        return str(number)
    if arrivals[last - 1].event == number + others:
        return f"{number}-{number + others}"
    return f"{number}+{others}"


def _limit(groups: Sequence[_Group], place: int, width: int) -> int:
    """Return the column before which a group's label has to end, to leave a blank."""
    return (groups[place + 1][0] if place + 1 < len(groups) else width) - 1


def _legible(groups: list[_Group], arrivals: Sequence[Arrival], width: int) -> list[_Group]:
    """Let groups share a label with the next ones until each has room for its numbers."""
    found: list[_Group] = []
    for place, (column, first, last) in enumerate(groups):
        if found:
            before, begin, end = found[-1]
            if len(_number(arrivals, begin, end)) > column - 1 - before:
                found[-1] = (before, begin, last)
                continue
        at_the_edge = place + 1 == len(groups)
        if at_the_edge and found and len(_number(arrivals, first, last)) > width - 1 - column:
            found[-1] = (found[-1][0], found[-1][1], last)
            continue
        found.append((column, first, last))
    return found


def _groups(arrivals: Sequence[Arrival], window: Window) -> list[_Group]:
    """Return the arrivals of each column, up to the cursor."""
    place = bisect_left(arrivals, window.from_us, key=_arrived)
    end = bisect_right(arrivals, min(window.now_us, window.to_us), key=_arrived)
    groups: list[_Group] = []
    while place < end:
        column = max(window.column(arrivals[place].at_us), 0)
        if column >= window.width:
            break
        edge_us = window.time_at(column + 1)
        following = max(bisect_left(arrivals, edge_us, lo=place, hi=end, key=_arrived), place + 1)
        if groups and groups[-1][0] == column:
            column, place, _ = groups.pop()
        groups.append((column, place, following))
        place = following
    return groups


def _arrived(one: Arrival) -> int:
    return one.at_us
