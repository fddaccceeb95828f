"""The metrics pane: plots over the columns of the lanes, each with its numbers at its left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len

from lifecycle_tui.play.arrivals import REFUSED, WAITING
from lifecycle_tui.play.camera import AxisMode
from lifecycle_tui.play.view import View
from lifecycle_tui.readings.plots import Bin, Plots
from lifecycle_tui.tui.widgets.lanes import HEAD_WIDTH
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.plot import BACK, Ink, plot
from lifecycle_tui.tui.widgets.prose import fit, padded
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr, tr_later

HEAD: Final = HEAD_WIDTH
"""Cells left of the plots, as many as left of the lanes: the pane has no padding there."""


_LONGEST: Final = 5
"""Cells of a latency."""


class Measure(NamedTuple):
    """One plot: what its columns show, and the two numbers of its legend."""

    ink: Ink
    front: Callable[[Bin], int]
    back: Callable[[Bin], int]
    names: tuple[str, str]
    numbers: Callable[[Bin], tuple[str, str]]
    scale: Callable[[int], str]


def short(us: int | None) -> str:
    """Return a latency in five cells at most: ``180ms``, ``1.02s``, ``1m12s``; ``-`` for none."""
    if us is None:
        return "-"
    if us < 999_500:
        return f"{(us + 500) // 1_000}ms"
    told = format_duration(us).replace(" ", "")
    # From ten of the larger unit on, the smaller one says little.
    return told if len(told) <= _LONGEST else told[:-3]


def _share(bin_: Bin) -> str:
    return f"{bin_.cold / bin_.starts:.0%}" if bin_.starts else "-"


MEASURES: Final = (
    Measure(
        Ink("handler-ink", "H"),
        lambda bin_: bin_.busy,
        lambda bin_: bin_.environments,
        (tr_later("busy"), tr_later("envs")),
        lambda now: (f"{now.busy}", f"{now.environments}"),
        str,
    ),
    Measure(
        Ink("start-cold", "C"),
        lambda bin_: bin_.cold,
        lambda bin_: bin_.starts,
        ("COLD", tr_later("all")),
        lambda now: (_share(now), f"{now.starts}"),
        str,
    ),
    Measure(
        Ink("refused", "x"),
        lambda bin_: bin_.refused,
        lambda _: 0,
        ("429", ""),
        lambda now: (f"{now.refused}", ""),
        str,
    ),
    Measure(
        Ink("accent", "="),
        lambda bin_: bin_.p50_us or 0,
        lambda bin_: bin_.p99_us or 0,
        ("p50", "p99"),
        lambda now: (short(now.p50_us), short(now.p99_us)),
        short,
    ),
)
"""Concurrency, the cold share of starts, throttles, and latency, from top to bottom."""


def heights(height: int) -> tuple[int, ...]:
    """Return the rows of each plot: what there is, the first ones the higher if it does not fit."""
    least, more = divmod(max(height, len(MEASURES)), len(MEASURES))
    if height >= 12:
        # One row is left for words below the plots.
        least, more = divmod(height - 1, len(MEASURES))
    return tuple(least + (place < more) for place in range(len(MEASURES)))


def metrics_lines(
    plots: Plots, *, width: int, height: int, cell: str, ascii_only: bool
) -> tuple[Line, ...]:
    """Return the pane's lines.

    Args:
        plots: what is plotted.
        width: cells of a line.
        height: lines that can be seen.
        cell: how long a column is, in words.
        ascii_only: draw in letters.
    """
    room = max(width - HEAD, 1)
    lines: list[Line] = []
    for measure, rows in zip(MEASURES, heights(height), strict=True):
        lines += _rows(measure, plots, rows, room, ascii_only=ascii_only)
    if len(lines) < height:
        lines.append((Run(fit(f" {cell}", width), "dim"),))
    return tuple(lines)


def _rows(
    measure: Measure, plots: Plots, rows: int, room: int, *, ascii_only: bool
) -> Iterator[Line]:
    columns = [(measure.front(each), measure.back(each)) for each in plots.bins[:room]]
    top = max(max((max(column) for column in columns), default=0), 1)
    drawn = plot(columns, top=top, rows=rows, ink=measure.ink, ascii_only=ascii_only)
    for place, cells in enumerate(drawn):
        head = _legend(measure, plots.now, place, ascii_only=ascii_only)
        scale = tr("max {scale}", scale=measure.scale(top)) if place == 0 else ""
        rest = HEAD + room - width_of(head) - width_of(cells)
        yield (*head, *cells, Run(padded(scale, max(rest, 0), right=True), "dim"))


def _legend(measure: Measure, now: Bin, place: int, *, ascii_only: bool) -> tuple[Run, ...]:
    if place > 1 or not measure.names[place]:
        return (Run(" " * HEAD),)
    name, number = tr(measure.names[place]), measure.numbers(now)[place]
    name = fit(name, max(HEAD - 2 - len(number), 1))
    back = "." if ascii_only else BACK
    glyph = (measure.ink.letter if ascii_only else "█", back)[place]
    gap = " " if cell_len(name) + len(number) < HEAD - 3 else ""
    room = max(HEAD - 2 - len(gap) - cell_len(name), 0)
    return (
        Run(glyph, (measure.ink.front, measure.ink.back)[place]),
        Run(f"{gap}{name}", "dim"),
        Run(f"{number:>{room}} ", "strong" if place == 0 else "plain"),
    )


def _cell_words(view: View, cell_us: int) -> str:
    if view.mode is AxisMode.LOG:
        return tr(
            "a column is as long as in the lanes above; the numbers are those of the run by now"
        )
    return tr(
        "a column is {length}, as in the lanes above; the numbers are those of the run by now",
        length=format_duration(cell_us),
    )


def as_headed(now: Bin, starts: tuple[tuple[str, int], ...]) -> Bin:
    """Return totals with the starts that the heading of the lanes counts.

    There an event counts as soon as an environment is being made for it, not when Invoke begins.
    """
    counted = {word: count for word, count in starts if word != REFUSED}
    return now._replace(starts=sum(counted.values()), cold=counted.get(WAITING, 0))


class Metrics(Painted, can_focus=True):
    """Plots of the run, on the lanes' columns."""

    DEFAULT_CSS: ClassVar[str] = "Metrics.body { padding: 0 1 0 0; }"

    def show(self, view: View, cell_us: int) -> None:
        """Draw a view's plots; a column of theirs is ``cell_us`` long."""
        if view.plots is None:
            return
        self.lines = metrics_lines(
            view.plots._replace(now=as_headed(view.plots.now, view.starts)),
            width=self.content_size.width,
            height=self.content_size.height,
            cell=_cell_words(view, cell_us),
            ascii_only=self.skin.ascii_only,
        )
