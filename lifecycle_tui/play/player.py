"""The player: seconds of the wall go in, a cursor over the trace comes out.

It knows no clock. The cursor moves through *story time*, in which idle gaps are short; an axis
translates between story time and the virtual time of the trace.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

SPEEDS: Final = (
    1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1_800.0, 3_600.0,
)  # fmt: skip
"""The notches of the speed, in story seconds a second."""

LONGEST_TICK_S: Final = 0.25
"""A longer pause between two ticks (a closed lid, a slow line) counts as this much."""

_SECOND_US: Final = 1_000_000


class TimeAxis(Protocol):
    """A strictly increasing map between virtual time and story time, both in microseconds."""

    def to_story(self, us: int) -> float:
        """Return the story time of a virtual time."""
        ...

    def from_story(self, story: float) -> int:
        """Return the virtual time of a story time."""
        ...


class TrueAxis:
    """The axis without folds: story time is virtual time."""

    def to_story(self, us: int) -> float:
        """Return the same time."""
        return float(us)

    def from_story(self, story: float) -> int:
        """Return the same time in whole microseconds."""
        return int(story)


class Halt(StrEnum):
    """Why the player stopped."""

    NONE = ""
    """It did not: it plays, or has not moved yet."""
    PAUSED = "paused"
    """The user paused, stepped or went somewhere."""
    QUIET = "quiet"
    """Nothing but idle environments is left."""
    UNTIL = "until"
    """The scenario says that it ends here."""
    END = "end"
    """The end of what has been computed."""
    QUESTION = "question"
    """A question is asked about what comes next."""
    ANSWER = "answer"
    """What was asked about is known now."""


_ASKED: Final = (Halt.QUESTION, Halt.ANSWER)


@dataclass(frozen=True, slots=True)
class Transport:
    """Where the cursor is and how it moves."""

    at_us: int = 0
    playing: bool = False
    speed: float = 1.0
    warp: float | None = None
    """Virtual seconds a second while idle time is being folded; None elsewhere."""
    halt: Halt = Halt.NONE


@dataclass(frozen=True, slots=True)
class Track:
    """What the player runs along: one run's times.

    Attributes:
        axis: virtual time to story time and back.
        times_us: distinct record times, ascending.
        inputs_us: distinct times of events and commands, ascending.
        stops: where playing stops by itself, ascending, with the reason.
        end_us: the last time there is.
    """

    axis: TimeAxis
    times_us: Sequence[int] = ()
    inputs_us: Sequence[int] = ()
    stops: Sequence[tuple[int, Halt]] = ()
    end_us: int = 0

    def stopping_at(self, at_us: int | None, halt: Halt) -> Track:
        """Return it with one stop for a question or its answer, or with none."""
        stops = [stop for stop in self.stops if stop[1] not in _ASKED]
        if at_us is not None:
            insort(stops, (at_us, halt), key=_time)
        return replace(self, stops=stops)


class Player:
    """A cursor that plays, pauses, steps and seeks over a track."""

    def __init__(self, track: Track, *, at_us: int = 0, speed: float = 1.0) -> None:
        self._track = track
        self.transport = Transport(at_us=max(at_us, 0), speed=speed)
        self._story = track.axis.to_story(self.transport.at_us)
        self.edge_us = self.transport.at_us
        """The furthest moment seen so far: the live edge."""

    @property
    def at_us(self) -> int:
        """The cursor."""
        return self.transport.at_us

    @property
    def playing(self) -> bool:
        """Whether time passes."""
        return self.transport.playing

    @property
    def story(self) -> float:
        """The cursor in story time."""
        return self._story

    @property
    def track(self) -> Track:
        """What it runs along."""
        return self._track

    def load(self, track: Track, *, at_us: int | None = None, edge_us: int | None = None) -> None:
        """Go on with another track at the same moment of virtual time.

        Args:
            track: what to run along from now on.
            at_us: another moment.
            edge_us: the furthest moment of it that has been seen, if it is not the present one.
        """
        self._track = track
        self.edge_us = min(self.edge_us if edge_us is None else edge_us, track.end_us)
        self._put(min(self.at_us if at_us is None else at_us, track.end_us))

    def stop_at(self, at_us: int | None, halt: Halt = Halt.QUESTION) -> None:
        """Stop at a moment for a question or its answer, and for no other; None: for none."""
        wanted = None if at_us is None else (at_us, halt)
        if wanted != next((stop for stop in self._track.stops if stop[1] in _ASKED), None):
            self._track = self._track.stopping_at(at_us, halt)

    def advance(self, wall_seconds: float) -> Transport:
        """Let wall time pass and return the new transport; it may have stopped by itself."""
        if not self.playing:
            return self.transport
        seconds = min(max(wall_seconds, 0.0), LONGEST_TICK_S)
        story = self._story + seconds * self.transport.speed * _SECOND_US
        limit_us, halt = self._limit()
        if story >= self._track.axis.to_story(limit_us):
            self._stand(limit_us, halt)
        else:
            self._story = story
            at_us = min(max(self._track.axis.from_story(story), self.at_us), limit_us)
            self.transport = replace(self.transport, at_us=at_us, halt=Halt.NONE)
            self._mark()
        return self.transport

    def play(self) -> None:
        """Let time pass, unless the end has been reached."""
        if self.at_us < self._track.end_us:
            self.transport = replace(self.transport, playing=True, halt=Halt.NONE)
            self._mark()

    def pause(self, halt: Halt = Halt.PAUSED) -> None:
        """Stop, and note why."""
        self.transport = replace(self.transport, playing=False, halt=halt, warp=None)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, at_us: int) -> None:
        """Put the cursor somewhere; whether it plays stays as it is."""
        self._put(min(max(at_us, 0), self._track.end_us))
        if not self.playing:
            self.transport = replace(self.transport, halt=self._halt_at(self.at_us))

    def seek_story(self, story: float) -> None:
        """Put the cursor at a story time."""
        self.seek(self._track.axis.from_story(story))

    def step(self, direction: int) -> bool:
        """Pause at the next (+1) or previous (-1) happening; False when there is none."""
        return self._step(self._track.times_us, direction)

    def step_input(self, direction: int) -> bool:
        """Pause at the next or previous event or command."""
        return self._step(self._track.inputs_us, direction)

    def faster(self) -> None:
        """One notch up."""
        later = [speed for speed in SPEEDS if speed > self.transport.speed]
        self.set_speed(later[0] if later else SPEEDS[-1])

    def slower(self) -> None:
        """One notch down."""
        earlier = [speed for speed in SPEEDS if speed < self.transport.speed]
        self.set_speed(earlier[-1] if earlier else SPEEDS[0])

    def set_speed(self, speed: float) -> None:
        """Choose the speed in story seconds a second."""
        self.transport = replace(self.transport, speed=speed)
        self._mark()

    def home(self) -> None:
        """Go to the start."""
        self.pause()
        self.seek(0)

    def to_edge(self) -> None:
        """Go to the live edge; from there, to where playing would stop."""
        self.pause()
        self.seek(self.edge_us if self.at_us < self.edge_us else self._limit()[0])

    def to_stop(self) -> None:
        """Go to where playing would stop by itself, at once."""
        self._stand(*self._limit())

    def _step(self, times: Sequence[int], direction: int) -> bool:
        self.pause()
        place = (
            bisect_right(times, self.at_us) if direction > 0 else bisect_left(times, self.at_us) - 1
        )
        if not 0 <= place < len(times) or times[place] < 0:
            return False
        target_us = times[place]
        if direction > 0:
            stop_us, halt = self._limit()
            target_us = stop_us if halt in _ASKED and stop_us < target_us else target_us
        self.seek(target_us)
        return True

    def _limit(self) -> tuple[int, Halt]:
        stops = self._track.stops
        place = bisect_right(stops, self.at_us, key=_time)
        if place < len(stops) and stops[place][0] <= self._track.end_us:
            return stops[place]
        return self._track.end_us, Halt.END

    def _halt_at(self, at_us: int) -> Halt:
        stops = self._track.stops
        place = bisect_left(stops, at_us, key=_time)
        if place < len(stops) and stops[place][0] == at_us:
            return stops[place][1]
        return Halt.END if at_us >= self._track.end_us else Halt.PAUSED

    def _stand(self, at_us: int, halt: Halt) -> None:
        self._put(at_us)
        self.pause(halt)

    def _put(self, at_us: int) -> None:
        self._story = self._track.axis.to_story(at_us)
        self.transport = replace(self.transport, at_us=at_us)
        self._mark()

    def _mark(self) -> None:
        """Note the live edge, and whether idle time is being warped."""
        transport = self.transport
        self.edge_us = max(self.edge_us, transport.at_us)
        warp: float | None = None
        if transport.playing:
            axis, probe = self._track.axis, 1_000.0
            passed_us = axis.from_story(self._story + probe) - axis.from_story(self._story)
            if passed_us > 2 * probe:
                warp = passed_us / probe * transport.speed
        if warp != transport.warp:
            self.transport = replace(transport, warp=warp)


def _time(stop: tuple[int, Halt]) -> int:
    return stop[0]
