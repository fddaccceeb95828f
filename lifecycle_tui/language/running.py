"""Carrying lines out on a session: the same as the keys do, and what needs words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from lifecycle_tui.engine.plan import (
    Command,
    Deploy,
    Fire,
    Pattern,
    Prewarm,
    Provision,
    SetConfig,
    Shift,
)
from lifecycle_tui.language import verbs
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.grammar import BY_WORD, VERBS
from lifecycle_tui.language.reading import parse_line
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.play import moves
from lifecycle_tui.play.arrivals import Arrival
from lifecycle_tui.play.bookmarks import with_bookmark
from lifecycle_tui.play.branches import Variation
from lifecycle_tui.play.commands import describe
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.play.player import Player
from lifecycle_tui.play.rule_dates import follow_rules
from lifecycle_tui.play.session import AFTER_DELAY, AT_ONCE, Session
from lifecycle_tui.scenario.problems import Place, ScenarioError
from lifecycle_tui.scenario.readers import LONGEST_US
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.translation import tr

MOST_LOOKS: Final = 300_000
"""So many events are looked at until a condition holds: each moment looks at all that have come."""

Holds = Callable[[Session], bool]
"""Whether an expression holds at a session's cursor."""


class Desk(Protocol):
    """Who does what a session cannot do by itself: files, the screen, long searches."""

    def save(self, file: str) -> Note:
        """Write the session to a file."""
        ...

    def load(self, file: str) -> Note:
        """Open a session file or a permalink."""
        ...

    def claim(self, text: str) -> Note:
        """Look for a scenario that refutes a claim."""
        ...

    def help(self, topic: str) -> Note:
        """Say what can be written."""
        ...

    def why(self, event: int | None) -> Note:
        """Show why."""
        ...


class LineError(ScenarioError):
    """A line that cannot be carried out."""

    @property
    def column(self) -> int:
        """Where the first problem stands, from 0."""
        return self.problems[0].place.column - 1

    @property
    def message(self) -> str:
        """The first problem."""
        return self.problems[0].message


def read_line(
    session: Session, text: str, *, folder: Path | None = None, place: Place | None = None
) -> Statement:
    """Read a line at a session's cursor.

    Args:
        session: what is played.
        text: the line.
        folder: where files that it names are looked for.
        place: where it stands, if it stands in a file.

    Raises:
        LineError: everything that is wrong with it.
    """
    context = Context.of(session, folder)
    try:
        return parse_line(text, context) if place is None else parse_line(text, context, place)
    except ScenarioError as error:
        raise LineError(error.problems) from None


def run_line(session: Session, text: str, desk: Desk | None = None) -> Note:
    """Carry out one line, and say what came of it.

    Args:
        session: what is played.
        text: the line.
        desk: who does what a session cannot; None: such verbs are refused.

    Raises:
        LineError: the line cannot be read; its problems say where and what to write instead.
    """
    return run_statement(session, read_line(session, text), desk)


def run_statement(session: Session, statement: Statement, desk: Desk | None = None) -> Note:
    """Carry out what a line says, and say what came of it."""
    if isinstance(statement, Command):
        note = _command(session, statement)
    else:
        note = _session_verb(session, statement, desk)
    return session.told(note) or Note("")


def _command(session: Session, command: Command) -> Note:
    if isinstance(command, SetConfig):
        now = session.function_at_cursor(command.function)
        if all(getattr(now, name) == value for name, value in command.changes):
            return Note("nothing changed: it is configured so already", refused=True)
    before = session.function_at_cursor(getattr(command, "function", 0))
    note = session.perform(command)
    if note is not None:
        return note
    match command:
        case SetConfig(changes=changes):
            first = changes[0][0]
            return Note(f"{describe(command)}: {session.effect(first)}")
        case Provision(count=count):
            when = AFTER_DELAY if count > before.provisioned_concurrency else AT_ONCE
            return Note(f"provisioned concurrency {count}: {when}")
        case Deploy():
            return Note(f"{describe(command)}: {session.effect('code')}")
        case Fire(over_us=over_us) if over_us:
            return Note(f"{describe(command)} over {format_duration(over_us)}")
        case Pattern(for_us=for_us):
            return Note(f"{describe(command)} for {format_duration(for_us)}")
        case Fire() | Prewarm() | Shift():
            return Note(describe(command))
        case _:
            return Note(describe(command))


def _session_verb(session: Session, verb: verbs.SessionVerb, desk: Desk | None) -> Note:
    match verb:
        case verbs.Seek(at_us):
            _go(session, at_us)
            return Note(f"t {moment_words(at_us)}")
        case verbs.Step():
            return moves.step(session, +1) or Note(f"t {moment_words(session.at_us)}")
        case verbs.Back():
            return moves.step(session, -1) or Note(f"t {moment_words(session.at_us)}")
        case verbs.Play() | verbs.Pause():
            return _transport(session, playing=isinstance(verb, verbs.Play))
        case verbs.Speed(factor):
            session.player.set_speed(factor)
            return Note(f"speed {factor:g}x")
        case verbs.Wait(for_us):
            return _wait(session, for_us)
        case verbs.WaitUntilIdle():
            return _wait_until_idle(session)
        case verbs.WaitUntil(expression):
            return _wait_until(session, expression)
        case verbs.Explain(event):
            return desk.why(event) if desk is not None else _why(session, event)
        case verbs.Save() | verbs.Load() | verbs.Claim() | verbs.Help():
            return _at_the_desk(verb, desk)
        case _:
            return _fork_verb(session, verb)


def _fork_verb(session: Session, verb: verbs.SessionVerb) -> Note:
    match verb:
        case verbs.Undo():
            return session.undo()
        case verbs.Redo():
            return session.redo()
        case verbs.Fork(name):
            return session.fork(name)
        case verbs.Switch(name):
            return session.switch(name)
        case verbs.Rename(name):
            return session.rename(session.branch.name, name)
        case verbs.Delete(name):
            return session.delete(name)
        case verbs.Restart(function, changes, keep, name):
            variations = [Variation(function, changes)] if changes else []
            return session.restart(*variations, keep=keep, name=name)
        case verbs.Rules(date):
            return follow_rules(session, date)
        case verbs.Mark(name):
            return _mark(session, name)
        case _:
            raise TypeError(f"{type(verb).__name__} is no verb of forks")


def _at_the_desk(
    verb: verbs.Save | verbs.Load | verbs.Claim | verbs.Help, desk: Desk | None
) -> Note:
    if desk is None:
        if isinstance(verb, verbs.Help):
            return Note(help_words(verb.topic))
        word = next(one.word for one in VERBS if one.model is type(verb))
        return Note(f"{word} cannot be done here", refused=True)
    match verb:
        case verbs.Save(file):
            return desk.save(file)
        case verbs.Load(file):
            return desk.load(file)
        case verbs.Claim(text):
            return desk.claim(text)
        case verbs.Help(topic):
            return desk.help(topic)


def help_words(topic: str) -> str:
    """Return one line about a verb, or about all."""
    if not topic:
        return " ".join(verb.word for verb in VERBS)
    verb = BY_WORD[topic]
    return f"{verb.usage}: {tr(verb.help)}"


def _transport(session: Session, *, playing: bool) -> Note:
    if session.player.playing == playing:
        words = tr("it plays already") if playing else tr("it is paused already")
        return Note(words, refused=True)
    note = session.toggle()
    return note or Note(tr("time passes") if playing else tr("paused"))


def _go(session: Session, at_us: int) -> None:
    session.reach(at_us)
    session.player.pause()
    session.player.seek(at_us)


def _wait(session: Session, for_us: int) -> Note:
    if session.at_us + for_us > LONGEST_US:
        return Note("that would be more than 366 days, the most there is", refused=True)
    _go(session, session.at_us + for_us)
    return Note(f"{format_duration(for_us)} passed")


def _is_idle(session: Session) -> bool:
    """Whether nothing is busy at the cursor."""
    played, at_us = session.played, session.at_us
    quiet = bisect_right(played.quiet_us, at_us)
    since_us = played.quiet_us[quiet - 1] if quiet else -1
    inputs = bisect_right(played.inputs_us, at_us)
    return not inputs or played.inputs_us[inputs - 1] <= since_us


def _wait_until_idle(session: Session) -> Note:
    if _is_idle(session):
        return Note("it is idle already")
    before_us = session.at_us
    quiet = session.played.quiet_us
    place = bisect_right(quiet, before_us)
    if place == len(quiet):
        end = moment_words(session.take.horizon_us)
        return Note(f"it is not idle before {end}, the end of what is computed", refused=True)
    _go(session, quiet[place])
    return Note(f"idle after {format_duration(session.at_us - before_us)}")


def _wait_until(session: Session, expression: str) -> Note:
    from lifecycle_tui.expressions import ExpressionError, parse
    from lifecycle_tui.readings.tables import names_of

    condition = parse(expression)

    def holds(now: Session) -> bool:
        found = condition.holds(names_of(now.index, now.at_us, function=now.function))
        return found is True

    at_us, edge_us = session.at_us, session.player.edge_us
    try:
        return wait_until(session, holds, expression)
    except ExpressionError as error:
        _put_back(session.player, at_us, edge_us)
        return Note(f"{expression}: {error.message}", refused=True)


def wait_until(session: Session, holds: Holds, words: str) -> Note:
    """Let virtual time pass until something holds; if it never does, stay.

    It is looked at at every moment at which something happens, as far as the run is computed.
    """
    player = session.player
    before_us, edge_us, halt = session.at_us, player.edge_us, player.transport.halt
    if holds(session):
        return Note(f"{words}: it holds already")
    player.pause()
    times, arrivals = player.track.times_us, session.played.arrivals
    looks = 0
    for time_us in times[bisect_right(times, before_us) :]:
        player.seek(time_us)
        if holds(session):
            return Note(f"{words}: after {format_duration(time_us - before_us)}")
        looks += _A_MOMENT + bisect_right(arrivals, time_us, key=_arrival)
        if looks > MOST_LOOKS:
            break
    else:
        time_us = session.take.horizon_us
    _put_back(player, before_us, edge_us)
    player.pause(halt)
    end = moment_words(time_us)
    return Note(f"{words}: does not come to hold before {end}", refused=True)


_A_MOMENT: Final = 50
"""What looking at a moment costs, in events."""


def _arrival(arrival: Arrival) -> int:
    return arrival.at_us


def _put_back(player: Player, at_us: int, edge_us: int) -> None:
    player.load(player.track, at_us=at_us, edge_us=edge_us)


def _mark(session: Session, name: str) -> Note:
    at_us = session.at_us
    marks = with_bookmark(session.bookmarks, at_us, name)
    if len(marks) > MOST_MARKS:
        return Note(f"{MOST_MARKS} bookmarks are the most there can be", refused=True)
    session.bookmarks = marks
    called = next(mark.name for mark in marks if mark.at_us == at_us)
    return Note(f"bookmark {called} at {moment_words(at_us)}")


MOST_MARKS: Final = 1_000
"""Bookmarks of a branch, at most."""


_WIDTH: Final = 60
"""Columns of the picture that a camera stands before; no matter here."""


def _why(session: Session, event: int | None) -> Note:
    from lifecycle_tui.play.camera import Camera
    from lifecycle_tui.play.questions import explain
    from lifecycle_tui.play.view import follow

    if event is None:
        explanation = explain(session, follow(session, Camera(), _WIDTH))
        if explanation is None:
            return Note("nothing has happened yet that asks for a reason", refused=True)
        return Note(f"{explanation.question} {explanation.answer}")
    record = record_of(session, event)
    if record is None:
        return Note(f"there is no event {event} yet", refused=True)
    found = session.explanation(record)
    return Note(f"{found.question} {found.answer}")


def record_of(session: Session, event: int) -> int | None:
    """Return the record to ask about an event that has come; None if it has not."""
    index, last = session.index, session.trace.last_at(session.at_us)
    if not 1 <= event <= len(index.events):
        return None
    records = index.attempt(event)
    if not 0 <= index.attempts(event)[0].arrival <= last:
        return None
    return records.start if 0 <= records.start <= last else records.arrival
