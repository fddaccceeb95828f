"""The comparison: what is set otherwise, the totals of both runs, and where they part."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len

from lifecycle_tui.play.comparison import Compared
from lifecycle_tui.readings.compare import Difference
from lifecycle_tui.readings.words import at
from lifecycle_tui.tui.skin import WORDS
from lifecycle_tui.tui.widgets.config_fields import FIELDS
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import fit, padded, wrap
from lifecycle_tui.units.translation import tr, tr_later

NAME: Final = 13
VALUE: Final = 11
CHANGE: Final = 9
TABLE: Final = NAME + 2 * VALUE + CHANGE
"""Cells of the table of totals."""
_BETWEEN: Final = 3
_HOW_MANY: Final = (
    tr_later("{passed} of {total} differences so far"),
    tr_later("{passed} of {total} differences"),
    tr_later("{passed} of {total} differ"),
    tr_later("{passed} of {total}"),
)
"""How many of the differences there have been, in fewer and fewer words."""


def settings_rows(shown: Compared) -> list[tuple[str, str, str]]:
    """Return what is set otherwise at the cursor: its name, and its value in both runs."""
    rows = []
    if shown.rules[0] != shown.rules[1]:
        rows.append((tr("rules of"), *shown.rules))
    for letter, one, other in shown.configs:
        for field in FIELDS:
            mine, theirs = field.show(field.read(one)), field.show(field.read(other))
            if mine != theirs:
                rows.append((f"{letter} {tr(field.title)}".strip(), mine, theirs))
    return rows


def compare_lines(shown: Compared, *, width: int, height: int) -> tuple[Line, ...]:
    """Return the pane's lines: the table at the left, where the runs part at the right."""
    table = _table(shown)
    room = width - TABLE - _BETWEEN
    parts = _parting(shown, room, height) if room > 20 else []
    lines: list[Line] = []
    for place in range(min(max(len(table), len(parts)), height)):
        left = table[place] if place < len(table) else ()
        right = parts[place] if place < len(parts) else ()
        gap = TABLE + _BETWEEN - width_of(left)
        lines.append((*left, Run(" " * gap), *right))
    return tuple(lines)


def _table(shown: Compared) -> list[Line]:
    names = (f"A {shown.names[0]}", f"B {shown.names[1]}")
    lines: list[Line] = [_row("", *names, "B - A", "dim")]
    for name, mine, theirs in settings_rows(shown):
        lines.append(_row(name, mine, theirs, "", "accent"))
    for figure in shown.figures:
        look = WORDS.get(figure.name, "plain")
        lines.append(_row(tr(figure.name), figure.a, figure.b, figure.change or "=", look))
    return lines


def _row(name: str, mine: str, theirs: str, change: str, look: str) -> Line:
    same = change == "="
    value = "dim" if same else "strong"
    return (
        Run(padded(name, NAME), "dim" if same else look),
        Run(padded(fit(mine, VALUE - 1), VALUE, right=True), value),
        Run(padded(fit(theirs, VALUE - 1), VALUE, right=True), value),
        Run(f"{change:>{CHANGE}}", "dim" if same else look),
    )


def _parting(shown: Compared, room: int, height: int) -> list[Line]:
    """Return where the runs have parted by the cursor, the latest first, and when they will."""
    count, passed = len(shown.differences), shown.passed
    if not count:
        words = tr("nothing differs in what has been run")
        return [(Run(line, "dim"),) for line in wrap(words, room)]
    ahead = next((one for one in shown.differences[passed:]), None)
    head = tr("{passed} of 1 difference", passed=passed)
    numbers = {"passed": f"{passed:,}", "total": f"{count:,}"}
    if count > 1:
        heads = [tr(words, **numbers) for words in _HOW_MANY]
        head = next((one for one in heads if cell_len(one) <= room), heads[-1])
    lines: list[Line] = [(Run(fit(head, room), "strong"),)]
    if ahead is not None:
        key = Run("} ", "key", (("action", "mark(1)"),))
        lines.append((key, Run(fit(_next_at(ahead.at_us, room - 2), room - 2), "dim")))
    latest = sorted(shown.differences[:passed], key=lambda one: -one.at_us)
    for one in latest[:height]:
        told = _told(one, shown.at_us, room)
        if len(lines) + len(told) > height:
            break
        lines += told
    return lines


def _next_at(us: int, room: int) -> str:
    """Say when the next difference comes, in fewer words where there is less room."""
    words = tr("the next is at {moment}", moment=at(us))
    return words if cell_len(words) <= room else tr("next at {moment}", moment=at(us))


def _told(one: Difference, at_us: int, room: int) -> list[Line]:
    when = Run(fit(at(one.at_us), 12), "dim")
    return [
        (Run(f"{one.what} ", "accent"), when),
        *_side("A", one.a.at(at_us), room),
        *_side("B", one.b.at(at_us), room),
    ]


def _side(letter: str, words: str, room: int) -> list[Line]:
    first, *others = wrap(words, room - 3) or [""]
    return [
        (Run(f" {letter} ", "strong"), Run(first)),
        *((Run("   "), Run(other)) for other in others),
    ]


class Compare(Painted, can_focus=True):
    """What differs between two runs."""

    DEFAULT_CSS: ClassVar[str] = "Compare { overflow: hidden; }"

    def show_both(self, shown: Compared) -> None:
        """Draw a comparison."""
        size = self.content_size
        self.lines = compare_lines(shown, width=size.width, height=size.height)
