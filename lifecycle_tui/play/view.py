"""The view: everything the screen shows at one moment, as one frozen value.

``view`` is pure: a session's run, a camera and a size go in. Only visible lanes are built.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lifecycle_tui.engine.plan import FunctionPlan, InitializationType
from lifecycle_tui.engine.trace import EnvironmentFacts
from lifecycle_tui.play.camera import AxisMode, Camera
from lifecycle_tui.play.event_rows import event_row, from_row, refused_row
from lifecycle_tui.play.overview import Overview, overview
from lifecycle_tui.play.player import Halt, Transport
from lifecycle_tui.play.questions import event_record, explain
from lifecycle_tui.play.rows import IDLE_PHASES, Label, LaneRun, lane
from lifecycle_tui.play.ruler import ruler_row
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.source_rows import SourceRow, source_rows
from lifecycle_tui.play.window import Window
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.model import (
    Counters,
    EnvironmentState,
    Explanation,
    LogLine,
    Phase,
)
from lifecycle_tui.readings.segments import phase_at, visible
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.readings.cost_at import Bill
    from lifecycle_tui.readings.plots import Plots
    from lifecycle_tui.readings.xray import XrayTrace

KINDS = {
    InitializationType.ON_DEMAND: "OD",
    InitializationType.PROVISIONED: "PC",
    InitializationType.SNAP_START: "SS",
}
"""Two letters for why an environment was initialised."""


@dataclass(frozen=True, slots=True)
class Size:
    """Cells of the time axis, and the lanes that can be seen: the first one and how many."""

    width: int
    first: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """One environment's row: its name, kind, head mark and runs of cells."""

    number: int
    id: str
    kind: str
    mark: str
    runs: tuple[LaneRun, ...]
    selected: bool
    function: int = 0
    """Number of its function in the scenario."""

    def record_at(self, column: int) -> int:
        """Return the record that began what a column shows; -1 for nothing."""
        for run in self.runs:
            column -= run.length
            if column < 0:
                return run.record
        return -1


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows at one moment."""

    at_us: int
    transport: Transport
    version: int
    title: str
    seed: int
    playhead: int
    events: tuple[Label, ...]
    refused: tuple[Label, ...]
    senders: tuple[Label, ...]
    """Who sent the events, where not all were plain calls."""
    changes: tuple[Label, ...]
    """What was changed, and what scaling did."""
    has_changes: bool
    """Whether there is any by now: the row comes with the first."""
    sources: tuple[SourceRow, ...]
    ruler: tuple[Label, ...]
    first_lane: int
    lanes: tuple[Lane, ...]
    lane_count: int
    """Environments created by now, gone ones too."""
    counters: Counters
    starts: tuple[tuple[str, int], ...]
    """How many events have come by now, by the word of their start."""
    config: FunctionPlan
    function_count: int
    selected: EnvironmentState | None
    selected_plan: FunctionPlan | None
    """The configuration that the selected environment was created with."""
    explanation: Explanation | None
    log: tuple[LogLine, ...]
    """All lines of the run; the first ``log_count`` have been written by now."""
    log_count: int
    note: str
    rules_date: str
    """Whose rules hold."""
    mode: AxisMode
    """How time is drawn."""
    overview: Overview
    """The whole run, for one row."""
    branch: str = ""
    """The name of the branch that is shown; empty while there is one only."""
    bill: Bill | None = None
    """What the run has cost; only while that is shown, as the next two."""
    plots: Plots | None = None
    """A bin for each column up to the playhead."""
    xray: XrayTrace | None = None


def lane_count(session: Session) -> int:
    """Return how many environments have been created by the cursor."""
    return bisect_right(session.played.created_us, session.at_us)


def follow(session: Session, camera: Camera, width: int) -> Camera:
    """Let the window and the selection follow what happens, unless the user holds them."""
    camera = _within(session, camera, width)
    if camera.asked_us is not None and camera.asked_us != session.at_us:
        camera = replace(camera, record=None, asked_us=None)
    count = lane_count(session)
    if camera.selected >= count:
        camera = replace(camera, selected=-1, pinned=False, record=None)
    if camera.pinned:
        return camera
    if camera.selected >= 0 and _busy(session, camera.selected):
        return camera
    latest = session.played.moments.latest(session.at_us)
    if latest is not None:
        environment = session.index.environments[latest]
        if environment >= 0 and environment != camera.selected:
            camera = replace(camera, selected=environment)
    return camera


def _within(session: Session, camera: Camera, width: int) -> Camera:
    """Let the window follow the cursor, unless it is held where the pointer put the cursor."""
    story = session.played.drawn(camera, session.at_us).axis.to_story(session.at_us)
    if camera.held_us is not None:
        if camera.held_us == session.at_us and 0 <= camera.column(story) < width:
            return camera
        camera = replace(camera, held_us=None, origin_us=None)
        story = session.played.drawn(camera, session.at_us).axis.to_story(session.at_us)
    return camera.follow(story, width)


def view(
    session: Session,
    camera: Camera,
    size: Size,
    note: str = "",
    *,
    recent: View | None = None,
    details: bool = True,
    explained: bool = True,
    panes: Collection[str] = (),
) -> View:
    """Return what the screen shows of a session.

    Args:
        session: what is played.
        camera: what is looked at.
        size: the cells there are.
        note: what came of the last action; empty for what the player has to say.
        recent: the view before; what need not be new is taken from it.
        details: whether what the panes show must be new.
        explained: whether the explanation must be new.
        panes: which of ``cost``, ``metrics`` and ``trace`` are shown.
    """
    at_us = session.at_us
    played = session.played
    picture = played.drawn(camera, at_us)
    window = Window(camera, picture.axis, size.width, at_us, picture.folds_us)
    count = lane_count(session)
    rows = range(size.first, min(size.first + size.rows, count))
    facts = session.trace.environments
    chosen = camera.selected
    if recent is not None and not details and recent.version == session.version:
        selected, explanation = recent.selected, recent.explanation
    else:
        selected = environment_at(session.index, chosen, at_us) if chosen >= 0 else None
        old = recent.explanation if recent is not None else None
        explanation = explain(session, camera) if explained else old
    log = session.log
    return View(
        at_us=at_us,
        transport=session.transport,
        version=session.version,
        title=session.title,
        seed=session.plan.seed,
        playhead=window.playhead,
        events=event_row(played.arrivals, window),
        refused=refused_row(played.refused, window),
        senders=from_row(played.arrivals, window) if played.has_senders else (),
        changes=_changes(session, window),
        has_changes=bool(played.changes) and played.changes[0].at_us <= at_us,
        sources=source_rows(played.sources, window),
        ruler=ruler_row(window, session.bookmarks),
        first_lane=size.first,
        lanes=tuple(_lane(session, number, window, camera) for number in rows),
        lane_count=count,
        counters=counters_at(session.index, at_us),
        starts=played.starts.at(at_us),
        config=session.function_at_cursor(),
        function_count=len(session.base.functions),
        selected=selected,
        selected_plan=None if selected is None else facts[selected.number].plan,
        explanation=explanation,
        log=log,
        log_count=bisect_right(log, at_us, key=_log_time),
        note=note or standing_note(session, selected),
        rules_date=session.plan.rules_date,
        mode=camera.mode,
        overview=overview(session, camera.mode, window),
        branch=session.branch_shown,
        bill=_bill(session) if "cost" in panes else None,
        plots=_plots(session, window) if "metrics" in panes else None,
        xray=_xray(session, camera) if "trace" in panes else None,
    )


def _changes(session: Session, window: Window) -> tuple[Label, ...]:
    if not session.played.changes:
        return ()
    from lifecycle_tui.play.changes import change_row

    return change_row(session.played.changes, window)


def _bill(session: Session) -> Bill:
    from lifecycle_tui.readings.cost_at import bill_at

    return bill_at(session.index, session.at_us)


def _plots(session: Session, window: Window) -> Plots:
    from lifecycle_tui.readings.plots import plots_at

    columns = range(min(window.playhead, window.width - 1) + 1)
    return plots_at(session.index, session.at_us, [window.time_at(column) for column in columns])


def _xray(session: Session, camera: Camera) -> XrayTrace | None:
    from lifecycle_tui.readings.xray import xray

    record = event_record(session, camera)
    if record is None:
        return None
    return xray(session.index, session.index.subjects[record], session.at_us, record)


def standing_note(session: Session, selected: EnvironmentState | None) -> str:
    """Say why the player stands still, where that needs saying."""
    transport = session.transport
    if transport.playing:
        return ""
    match transport.halt:
        case Halt.QUIET if session.at_us == 0 and not session.index.events:
            return tr("i sends an event · ? shows every key")
        case Halt.QUIET if session.at_us == 0 and session.base.commands:
            return tr("Space plays this scenario · i sends an event of your own")
        case Halt.QUIET if selected is not None and selected.phase is not None:
            quiet = selected.phase in IDLE_PHASES
            words = tr_later("{environment} is {state} · Space lets time pass")
            if quiet:
                words = tr_later(
                    "quiet: {environment} is {state} · i sends an event · Space lets time pass"
                )
            return tr(words, environment=selected.id, state=selected.state.name)
        case Halt.QUIET:
            return tr("quiet: nothing is busy · i sends an event · Space lets time pass")
        case Halt.UNTIL:
            return tr("the scenario ends here · i sends an event · Space goes on")
        case Halt.END:
            return tr("nothing happens in the next hour · i sends an event · Space lets time pass")
        case _:
            return ""


def _lane(session: Session, number: int, window: Window, camera: Camera) -> Lane:
    segments = visible(
        session.index, number, min(window.from_us, window.now_us), max(window.to_us, 1)
    )
    facts = session.trace.environments[number]
    return Lane(
        number=number,
        id=facts.id,
        kind=_version(session, facts) or KINDS[facts.initialization_type],
        mark=_head(phase_at(session.index, number, session.at_us)),
        runs=lane(segments, window),
        selected=number == camera.selected,
        function=facts.function,
    )


def _version(session: Session, facts: EnvironmentFacts) -> str:
    """Return an environment's version while two of its function are live; else nothing."""
    if not facts.published:
        return ""
    from lifecycle_tui.readings.versions import versions_at

    live = versions_at(session.index, facts.function, session.at_us).live
    return f"v{facts.code_version}"[:3] if len(live) > 1 else ""


def _busy(session: Session, number: int) -> bool:
    phase = phase_at(session.index, number, session.at_us)
    return phase is not None and phase not in IDLE_PHASES


_HEADS = {
    Phase.PLACEMENT: "+",
    Phase.READY: "=",
    Phase.FROZEN: "*",
    Phase.RESET: "!",
    Phase.SHUTDOWN: "S",
    **dict.fromkeys(
        (Phase.EXTENSION_INIT, Phase.RUNTIME_INIT, Phase.FUNCTION_INIT, Phase.INIT_WAIT), "~"
    ),
    **dict.fromkeys((Phase.RESTORE_SNAPSHOT, Phase.RESTORE_HOOKS), "T"),
}


def _head(phase: Phase | None) -> str:
    """Return the mark of a lane's head: ``.`` for gone, ``>`` for any part of Invoke."""
    return "." if phase is None else _HEADS.get(phase, ">")


def _log_time(line: LogLine) -> int:
    return line.time_us
