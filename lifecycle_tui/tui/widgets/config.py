"""The configuration pane: what can be changed, edited in place, and when a change takes effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan, FunctionPlan
from lifecycle_tui.engine.worktime import Constant, WorkTime
from lifecycle_tui.play.session import TIMEOUTS_S
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import daggered
from lifecycle_tui.units.durations import format_duration

Value = int | None

TIMES_MS: Final = (
    0, 10, 20, 50, 100, 200, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000, 11_000, 20_000, 60_000,
)  # fmt: skip
MEMORY_MB: Final = (128, 256, 512, 1_024, 1_769, 2_048, 3_008, 4_096, 6_144, 8_192, 10_240)
MOST_EXTENSIONS: Final = 3
MOST_PROVISIONED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: how to read it, its notches, how to write it into a configuration.

    Attributes:
        id: a name, also of the field of `FunctionPlan` it changes.
        title: what stands before it.
        read: its value in a configuration.
        notches: the values that arrows go through, ascending; None first where it may be unset.
        write: a configuration with another value.
        show: the value as text.
        changes: the fields of `FunctionPlan` it changes.
    """

    id: str
    title: str
    read: Callable[[FunctionPlan], Value]
    notches: tuple[Value, ...]
    write: Callable[[FunctionPlan, Value], FunctionPlan]
    show: Callable[[Value], str]
    changes: tuple[str, ...]

    def moved(self, plan: FunctionPlan, direction: int) -> FunctionPlan:
        """Return the configuration with this field one notch on."""
        now = self.read(plan)
        ordered = [-1 if notch is None else notch for notch in self.notches]
        here = -1 if now is None else now
        later = [n for n in ordered if (n > here if direction > 0 else n < here)]
        if not later:
            return plan
        chosen = later[0] if direction > 0 else later[-1]
        return self.write(plan, None if chosen == -1 else chosen)


def _mean_us(time: WorkTime) -> int:
    return round(time.mean_us)


def _ms(value: Value) -> str:
    return format_duration(value or 0)


def _extension_init(plan: FunctionPlan) -> Value:
    return max((_mean_us(one.ready) for one in plan.extensions), default=None)


def _with_extension_init(plan: FunctionPlan, value: Value) -> FunctionPlan:
    time = Constant(value or 0)
    slower = tuple(replace(one, register=time, ready=time) for one in plan.extensions)
    return replace(plan, extensions=slower)


def _with_extensions(plan: FunctionPlan, value: Value) -> FunctionPlan:
    kept = plan.extensions[: value or 0]
    names = {one.name for one in kept}
    fresh = (name for number in range(1, 9) if (name := f"ext-{number}") not in names)
    while len(kept) < (value or 0):
        time = Constant(40 * MS)
        kept += (ExtensionPlan(next(fresh), register=time, ready=time, shutdown=Constant(50 * MS)),)
    return replace(plan, extensions=kept)


_TIMES_US: Final = tuple(ms * MS for ms in TIMES_MS)

FIELDS: Final = (
    Field(
        "timeout_us", "timeout", lambda p: p.timeout_us,
        tuple(s * SECOND for s in TIMEOUTS_S),
        lambda p, v: replace(p, timeout_us=v or SECOND), _ms, ("timeout_us",),
    ),
    Field(
        "memory_mb", "memory", lambda p: p.memory_mb, MEMORY_MB,
        lambda p, v: replace(p, memory_mb=v or 128), lambda v: f"{v} MB", ("memory_mb",),
    ),
    Field(
        "provisioned_concurrency", "PC", lambda p: p.provisioned_concurrency,
        tuple(range(MOST_PROVISIONED + 1)),
        lambda p, v: replace(p, provisioned_concurrency=v or 0), str,
        ("provisioned_concurrency",),
    ),
    Field(
        "reserved_concurrency", "RC", lambda p: p.reserved_concurrency,
        (None, *range(MOST_PROVISIONED)),
        lambda p, v: replace(p, reserved_concurrency=v),
        lambda v: "none" if v is None else str(v), ("reserved_concurrency",),
    ),
    Field(
        "extensions", "extensions", lambda p: len(p.extensions),
        tuple(range(MOST_EXTENSIONS + 1)), _with_extensions, str, ("extensions",),
    ),
    Field(
        "extension_init", "E init", _extension_init, _TIMES_US, _with_extension_init,
        lambda v: "none" if v is None else _ms(v), ("extensions",),
    ),
    Field(
        "init_runtime", "R init", lambda p: _mean_us(p.init_runtime), _TIMES_US,
        lambda p, v: replace(p, init_runtime=Constant(v or 0)), _ms, ("init_runtime",),
    ),
    Field(
        "init_function", "F init", lambda p: _mean_us(p.init_function), _TIMES_US,
        lambda p, v: replace(p, init_function=Constant(v or 0)), _ms, ("init_function",),
    ),
    Field(
        "handler", "handler", lambda p: _mean_us(p.handler), _TIMES_US[1:],
        lambda p, v: replace(p, handler=Constant(v or MS)), _ms, ("handler",),
    ),
)  # fmt: skip
"""Everything that can be changed in place."""


def summary(plan: FunctionPlan, width: int) -> Line:
    """Return the configuration in one line."""
    extension = _extension_init(plan)
    reserved = plan.reserved_concurrency
    parts = [
        ("timeout ", _short(plan.timeout_us)),
        ("mem ", str(plan.memory_mb)),
        ("R ", _short(_mean_us(plan.init_runtime))),
        ("F ", _short(_mean_us(plan.init_function))),
        ("handler ", _short(_mean_us(plan.handler))),
        ("PC ", str(plan.provisioned_concurrency)),
        ("RC ", "none" if reserved is None else str(reserved)),
    ]
    if extension is not None:
        parts.insert(2, ("E ", _short(extension)))
    runs: list[Run] = []
    for name, value in parts:
        runs += (Run("  " if runs else " ", "faint"), Run(name, "dim"), Run(value, "plain"))
    tail = (Run("c ", "key"), Run("edit ", "dim"))
    rest = width - sum(len(run.text) for run in runs) - 7
    return (*runs, Run(" " * rest), *tail) if rest > 0 else tuple(runs)


def _short(us: int) -> str:
    return format_duration(us).replace(" ", "")


def config_lines(
    plan: FunctionPlan,
    draft: FunctionPlan,
    *,
    chosen: int,
    width: int,
    effect: Callable[[str, bool], str],
) -> tuple[Line, ...]:
    """Return the pane's lines: the fields in columns of one width, then what a change means.

    Args:
        plan: the configuration at the cursor.
        draft: the same with what has been changed and not yet applied.
        chosen: the field that arrows change; -1 while the pane has no focus.
        width: cells of a line.
        effect: when a change of a field (and whether it is raised) takes effect.
    """
    column = 24 if width >= 48 else max(width, 1)
    columns = max(width // column, 1)
    lines: list[Line] = []
    for first in range(0, len(FIELDS), columns):
        runs: list[Run] = []
        for number in range(first, min(first + columns, len(FIELDS))):
            runs += _field(FIELDS[number], plan, draft, number, number == chosen, column)
        lines.append(tuple(runs))
    changed = [field for field in FIELDS if field.read(plan) != field.read(draft)]
    if chosen < 0:
        lines.append((Run("c ", "key"), Run("edits a value in place", "dim")))
        return tuple(lines)
    field = FIELDS[chosen] if not changed else changed[-1]
    raised = (field.read(draft) or 0) >= (field.read(plan) or 0)
    words = effect(field.changes[0], raised)
    said: Line = (
        Run(f"{field.title}: ", "edited" if changed else "dim"),
        *daggered(words, "plain" if changed else "dim"),
    )
    keys = tuple(
        run for key, word in _KEYS for run in (Run(f"{key} ", "key"), Run(f"{word}  ", "dim"))
    )
    rest = width - width_of(said) - width_of(keys)
    lines += [(*said, Run(" " * rest), *keys)] if rest > 1 else [said, keys]
    return tuple(lines)


_KEYS: Final = (("↑↓", "field"), ("←→", "value"), ("Enter", "applies"), ("Esc", "drops"))


def _field(
    field: Field, plan: FunctionPlan, draft: FunctionPlan, number: int, here: bool, column: int
) -> tuple[Run, ...]:
    value = field.show(field.read(draft))
    edited = field.read(plan) != field.read(draft)
    look = "field-focus" if here else "edited" if edited else "field"
    meta = (("field", number),)
    shown = f"‹ {value} ›" if here else f"  {value}  "
    title = f"{field.title:<11}"
    rest = max(column - len(title) - len(shown), 0)
    return (Run(title, "dim", meta), Run(shown, look, meta), Run(" " * rest))


def differences(plan: FunctionPlan, draft: FunctionPlan) -> Mapping[str, object]:
    """Return the fields of `FunctionPlan` that a draft changes, with their new values."""
    names = dict.fromkeys(name for field in FIELDS for name in field.changes)
    return {
        name: getattr(draft, name) for name in names if getattr(draft, name) != getattr(plan, name)
    }


class Config(Painted, can_focus=True):
    """The configuration, edited in place: arrows change, Enter applies, Esc drops."""

    DEFAULT_CSS: ClassVar[str] = "Config { overflow-y: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "field(-1)", "previous field", show=False),
        Binding("down,j", "field(1)", "next field", show=False),
        Binding("left,h", "value(-1)", "smaller", show=False),
        Binding("right,l", "value(1)", "larger", show=False),
        Binding("enter", "apply", "apply", show=False),
        Binding("escape", "drop", "drop", show=False),
    ]

    plan: reactive[FunctionPlan | None] = reactive(None, repaint=False)
    """The configuration at the cursor."""
    draft: reactive[FunctionPlan | None] = reactive(None, repaint=False)
    """The same with changes that have not been applied."""
    chosen: reactive[int] = reactive(0, repaint=False)
    """The field that arrows change."""

    @dataclass
    class Applied(Message):
        """Changes were confirmed."""

        config: Config
        changes: Mapping[str, object]

        @property
        def control(self) -> Config:
            """The widget."""
            return self.config

    @dataclass
    class Left(Message):
        """The user is done here."""

        config: Config

        @property
        def control(self) -> Config:
            """The widget."""
            return self.config

    def __init__(self, *, effect: Callable[[str, bool], str], **arguments: object) -> None:
        super().__init__(**arguments)  # type: ignore[arg-type]
        self._effect = effect

    def show(self, plan: FunctionPlan) -> None:
        """Draw a configuration; a draft in the making is kept."""
        if plan != self.plan:
            self.plan = plan
            self.draft = plan
        self._lay_out()

    def watch_draft(self) -> None:
        """Draw it."""
        self._lay_out()

    def watch_chosen(self) -> None:
        """Draw it."""
        self._lay_out()

    def on_focus(self) -> None:
        """Show the field's arrows."""
        self._lay_out()

    def on_blur(self) -> None:
        """Hide them; what was not applied is dropped."""
        self.draft = self.plan
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Choose the field under the pointer."""
        field = event.style.meta.get("field")
        if field is not None:
            self.chosen = int(field)

    def action_field(self, direction: int) -> None:
        """Choose the next or previous field."""
        self.chosen = (self.chosen + direction) % len(FIELDS)

    def action_value(self, direction: int) -> None:
        """Change the chosen field by one notch, in the draft."""
        if self.draft is not None:
            self.draft = FIELDS[self.chosen].moved(self.draft, direction)

    def action_apply(self) -> None:
        """Hand the changes over."""
        if self.plan is None or self.draft is None:
            return
        changes = differences(self.plan, self.draft)
        if changes:
            self.post_message(self.Applied(self, changes))
        else:
            self.post_message(self.Left(self))

    def action_drop(self) -> None:
        """Forget the changes; without any, leave."""
        if self.draft == self.plan:
            self.post_message(self.Left(self))
        self.draft = self.plan

    def _lay_out(self) -> None:
        if self.plan is None or self.draft is None:
            return
        self.lines = config_lines(
            self.plan,
            self.draft,
            chosen=self.chosen if self.has_focus else -1,
            width=self.content_size.width,
            effect=self._effect,
        )
