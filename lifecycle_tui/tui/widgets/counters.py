"""The counters: totals at the cursor, each number always in the same place."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len

from lifecycle_tui.readings.model import Counters, DownstreamState
from lifecycle_tui.tui.skin import WORDS
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import fit, padded
from lifecycle_tui.units.translation import tr


def count_lines(
    counters: Counters, starts: tuple[tuple[str, int], ...], width: int, height: int = 99
) -> tuple[Line, ...]:
    """Return the totals, two columns of them.

    Where there are too many for the height, the words of starts are left out: the heading of the
    lanes has them.
    """
    share = counters.init_billed_ms / counters.billed_ms if counters.billed_ms else 0.0
    pairs: tuple[tuple[str, str, str], ...] = (
        (tr("events"), f"{counters.events:,}", "plain"),
        (tr("in flight"), f"{counters.in_flight:,}", "strong" if counters.in_flight else "plain"),
        *((word, f"{count:,}", WORDS[word]) for word, count in starts),
        (tr("timeouts"), f"{counters.timeouts:,}", "bad" if counters.timeouts else "plain"),
        (tr("errors"), f"{counters.errors:,}", "bad" if counters.errors else "plain"),
        (tr("environments"), f"{counters.environments:,}", "plain"),
        *(_downstream(each) for each in counters.downstreams),
        (tr("billed"), f"{counters.billed_ms:,} ms", "plain"),
        (tr("of it init"), f"{share:.0%}", "plain"),
        (tr("GB-seconds"), f"{counters.gb_seconds:.3f}", "plain"),
    )
    if len(pairs) > 2 * height:
        words = {word for word, _ in starts}
        pairs = tuple(pair for pair in pairs if pair[0] not in words)
    column = max((width - 1) // 2, 20)
    lines: list[Line] = []
    for place in range(0, len(pairs), 2):
        runs: list[Run] = []
        for name, number, look in pairs[place : place + 2]:
            said = fit(name, max(column - cell_len(number) - 3, 1))
            room = max(column - cell_len(said) - 2, 1)
            zero = number in ("0", "0 ms", "0%", "0.000")
            runs += (
                Run(said, "dim"),
                Run(padded(number, room, right=True), "dim" if zero else look),
                Run("  "),
            )
        lines.append(tuple(runs))
    return tuple(lines)


def _downstream(state: DownstreamState) -> tuple[str, str, str]:
    """Return a downstream's open connections, and how many it accepts."""
    if state.limit is None:
        return state.name, f"{state.in_use:,}", "plain"
    full = state.in_use >= state.limit
    return (
        state.name,
        tr("{used:,} of {limit:,}", used=state.in_use, limit=state.limit),
        "bad" if full else "plain",
    )


class CountersPane(Painted):
    """Totals at the cursor."""

    DEFAULT_CSS: ClassVar[str] = "CountersPane { overflow: hidden; }"

    def show(self, counters: Counters, starts: tuple[tuple[str, int], ...]) -> None:
        """Draw totals."""
        self.lines = count_lines(counters, starts, *self.content_size)
