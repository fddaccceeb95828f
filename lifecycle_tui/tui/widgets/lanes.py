"""The lanes: one row an environment on the time axis, however many there are.

Only visible rows exist; a row is painted again only when its runs, its head or its selection
changed. The same row type draws the events, the refused events and the ruler.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from lifecycle_tui.play.rows import Label, spread
from lifecycle_tui.play.view import Lane
from lifecycle_tui.readings.words import letter
from lifecycle_tui.tui.skin import HEADS, WORDS
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.phase_cells import INKED, cells, middle
from lifecycle_tui.tui.widgets.prose import padded

HEAD_WIDTH: Final = 12
"""Cells left of the time axis: pointer, id, kind, mark."""
GUTTER: Final = 1
"""Cells right of it, for the scroll bar."""


@dataclass(frozen=True, slots=True)
class LaneSlice:
    """The lanes that can be seen, of how many, and where the cursor's column is."""

    first: int = 0
    lanes: tuple[Lane, ...] = ()
    count: int = 0
    playhead: int = 0
    hint: str = ""
    several: bool = False
    """Whether there are several functions: each lane then carries its function's letter."""


class Lanes(Painted, can_focus=True):
    """Environments on the time axis.

    It draws a `LaneSlice`, and says with `Lanes.Scrolled` that it needs another.
    """

    DEFAULT_CSS: ClassVar[str] = """
    Lanes { height: 1fr; overflow-y: auto; }
    """

    slice: reactive[LaneSlice] = reactive(LaneSlice(), repaint=False)
    """What is drawn."""

    @dataclass
    class Selected(Message):
        """A lane, and perhaps a segment of it, was clicked."""

        lanes: Lanes
        environment: int
        record: int

        @property
        def control(self) -> Lanes:
            """The widget."""
            return self.lanes

    @dataclass
    class Scrolled(Message):
        """Other rows are visible now."""

        lanes: Lanes

        def can_replace(self, message: Message) -> bool:
            """The newest is enough."""
            return isinstance(message, Lanes.Scrolled)

        @property
        def control(self) -> Lanes:
            """The widget."""
            return self.lanes

    def __init__(self, **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._painted: dict[tuple[Lane, int, int, int], Strip] = {}
        self._tall = 1

    @property
    def tall(self) -> int:
        """Rows of one lane; where there are several, the last one stays free."""
        return self._tall

    @tall.setter
    def tall(self, rows: int) -> None:
        self._tall = max(rows, 1)
        self._painted.clear()
        self._measure(self.slice.count)
        self.refresh()

    @property
    def room(self) -> int:
        """How many lanes can be seen at once."""
        return self.size.height // self._tall

    def _measure(self, count: int) -> None:
        """Let it scroll by lanes, however tall they are, until the last of so many is seen."""
        hidden = count - self.room
        height = self.size.height + hidden if self._tall > 1 and hidden > 0 else count
        self.virtual_size = Size(self.size.width, height)

    @property
    def axis_width(self) -> int:
        """Cells of the time axis."""
        return max(self.container_size.width - HEAD_WIDTH - GUTTER, 10)

    def watch_slice(self, old: LaneSlice, new: LaneSlice) -> None:
        """Paint the rows that changed."""
        if old.count != new.count:
            self._measure(new.count)
        if old.first != new.first or (old.playhead != new.playhead and new.count == 0):
            self.refresh()
            return
        width, top, height = self.size.width, self.scroll_offset.y, self.size.height
        moved = old.playhead != new.playhead
        for y in range(height):
            number = top + y // self._tall - new.first
            before = old.lanes[number] if 0 <= number < len(old.lanes) else None
            after = new.lanes[number] if 0 <= number < len(new.lanes) else None
            if moved or before != after or old.hint != new.hint:
                self.refresh(Region(0, y, width, 1))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for other rows."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled(self))

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old style."""
        self._painted.clear()
        super().notify_style_update()

    def reveal(self, environment: int, count: int) -> None:
        """Scroll until a lane can be seen, of so many."""
        top, room = self.scroll_offset.y, self.room
        if count > self.slice.count:
            self._measure(count)
        if environment < top:
            self._begin_with(environment)
        elif room and environment >= top + room:
            self._begin_with(environment - room + 1)

    def _begin_with(self, lane: int) -> None:
        """Let a lane be the first that is seen; the scroll bar may not be there yet."""
        self.scroll_to(y=lane, animate=False, immediate=True, force=True)
        self.vertical_scrollbar.position = self.scroll_y

    def line(self, y: int) -> Line:
        """Return a lane as text, for selections."""
        lane = self._lane(y)
        return () if lane is None else self._runs(lane)

    def render_line(self, y: int) -> Strip:
        """Draw one lane."""
        number, row = divmod(y, self._tall)
        lane = self._lane(number + self.scroll_offset.y)
        width, playhead = self.size.width, self.slice.playhead
        if lane is None or (row and row == self._tall - 1):
            return self._empty(y, width)
        key = (lane, playhead, width, row)
        strip = self._painted.get(key)
        if strip is None:
            if len(self._painted) > 2_048:
                self._painted.clear()
            strip = self._painted[key] = self.paint(self._runs(lane, row), width)
        return strip

    def on_click(self, event: events.Click) -> None:
        """Select the lane and the segment under the pointer."""
        lane = self._lane(event.y // self._tall + self.scroll_offset.y)
        if lane is not None:
            record = lane.record_at(event.x - HEAD_WIDTH)
            self.post_message(self.Selected(self, lane.number, record))

    def _lane(self, y: int) -> Lane | None:
        place = y - self.slice.first
        lanes = self.slice.lanes
        return lanes[place] if 0 <= place < len(lanes) else None

    def _empty(self, y: int, width: int) -> Strip:
        data = self.slice
        if data.count == 0 and y == 1 and data.hint:
            return self.paint((Run(" " * HEAD_WIDTH), Run(data.hint, "dim")), width)
        column = HEAD_WIDTH + data.playhead
        if data.playhead < self.axis_width:
            line = (Run(" " * column), Run(self.skin.playhead, "here-mark"))
            return self.paint(line, width)
        return self.paint((), width)

    def _runs(self, lane: Lane, row: int | None = None) -> Line:
        """Return a row of a lane; the one with its name unless another is asked for."""
        named = middle(self._tall)
        row = named if row is None else row
        runs: list[Run] = []
        if row == named:
            style, _ = HEADS[lane.mark]
            name = "selected" if lane.selected else "gone" if lane.mark == "." else "plain"
            head_look = f"{style}-ink" if style in INKED else style
            runs = [
                Run(self.skin.pointer if lane.selected else " ", "accent"),
                *self._named(lane, name),
                Run(lane.mark, head_look),
            ]
        runs.append(Run(" " * (HEAD_WIDTH - width_of(runs))))
        free, width, playhead = 0, self.axis_width, self.slice.playhead
        for mark, length, _, under in lane.runs:
            length = min(length, width - free)
            if length <= 0:
                break
            runs += cells(self.skin, mark, length, under, row=row, tall=self._tall)
            free += length
        gap = playhead - free
        if gap >= 0 and playhead < width:
            runs += (Run(" " * gap), Run(self.skin.playhead, "here-mark"))
        return tuple(runs)

    def _named(self, lane: Lane, look: str) -> tuple[Run, ...]:
        """Return its id, its function's letter where there are several, and its kind.

        The mark that follows has always the same column: from e100 on, blanks give way.
        """
        gone = lane.mark == "."
        kind, kind_look = f"{lane.kind:<3}", "gone" if gone else "dim"
        if not self.slice.several:
            return (Run(f"{lane.id:<5}", look), Run(kind, kind_look))
        mark = Run(letter(lane.function), "gone" if gone else "accent")
        room = NAMED_WIDTH - len(lane.id) - 1
        if room >= len(kind) + 2:
            blanks = (" " * (room - len(kind) - 1), " ")
        else:
            kind = lane.kind
            spare = max(room - len(kind), 0)
            blanks = (" " * (spare // 2), " " * (spare - spare // 2))
        return (
            Run(f"{lane.id}{blanks[0]}", look), mark, Run(f"{blanks[1]}{kind}", kind_look),
        )  # fmt: skip


NAMED_WIDTH: Final = 9
"""Cells of a lane's names where there are several functions."""


class AxisRow(Painted):
    """One row beside the lanes: events, refused events or the ruler. A click on it seeks."""

    DEFAULT_CSS: ClassVar[str] = "AxisRow { height: 1; }"

    labels: reactive[tuple[Label, ...]] = reactive((), repaint=False)
    """What is written where."""
    head: reactive[str] = reactive("", repaint=False)
    """What stands before it."""
    playhead: reactive[int] = reactive(-1, repaint=False)
    """The cursor's column."""

    @dataclass
    class Sought(Message):
        """A place on the axis was clicked: a labelled time, or a column."""

        row: AxisRow
        column: int
        at_us: int

        @property
        def control(self) -> AxisRow:
            """The widget."""
            return self.row

    def __init__(self, title: str, *, foot: bool = False, **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self.set_reactive(AxisRow.head, title)
        self._foot = foot

    def watch_head(self) -> None:
        """Lay out again."""
        self._lay_out()

    def watch_labels(self) -> None:
        """Lay out again."""
        self._lay_out()

    def watch_playhead(self) -> None:
        """Lay out again."""
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out again."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Say which time is meant."""
        if event.x >= HEAD_WIDTH:
            at_us = int(event.style.meta.get("at", -1))
            self.post_message(self.Sought(self, event.x - HEAD_WIDTH, at_us))

    def _lay_out(self) -> None:
        width = max(self.size.width - HEAD_WIDTH - GUTTER, 0)
        runs = [Run(f" {padded(self.head, HEAD_WIDTH - 1)}", "dim")]
        for text, look, at_us in spread(self.labels, width, lambda look: WORDS.get(look, look)):
            meta = (("at", at_us),) if at_us >= 0 else ()
            runs.append(Run(text, look, meta))
        line = tuple(runs)
        if 0 <= self.playhead < width:
            line = self._with_playhead(line, HEAD_WIDTH + self.playhead)
        self.lines = (line,)

    def _with_playhead(self, line: Line, column: int) -> Line:
        """Put the cursor into the row where nothing is written, or over the ruler."""
        glyph, look = (
            (self.skin.foot, "accent") if self._foot else (self.skin.playhead, "here-mark")
        )
        runs: list[Run] = []
        free = 0
        for run in line:
            end = free + len(run.text)
            if free <= column < end and (self._foot or run.text.isspace()):
                place = column - free
                runs += (
                    Run(run.text[:place], run.look, run.meta),
                    Run(glyph, look),
                    Run(run.text[place + 1 :], run.look, run.meta),
                )
            else:
                runs.append(run)
            free = end
        return tuple(run for run in runs if run.text)
