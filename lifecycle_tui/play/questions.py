"""What "why" is asked about: the selection's latest happening, and others of the same instant."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import zip_longest

from lifecycle_tui.engine.kinds import THROTTLES, Kind
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.units.translation import tr


def explain(session: Session, camera: Camera) -> Explanation | None:
    """Answer "why" for the camera's record, else for the latest notable happening."""
    record = asked_record(session, camera)
    return None if record is None else session.explanation(record)


def asked_record(session: Session, camera: Camera) -> int | None:
    """Return the record that is explained: the camera's, else the latest notable happening."""
    return subject(session, camera) if camera.record is None else camera.record


def subject(session: Session, camera: Camera) -> int | None:
    """Return the record that "why" is about.

    The selection's latest notable one; where nobody holds the selection, a later refusal or the
    arrival of an event that still waits for its environment comes before it.
    """
    last = session.trace.last_at(session.at_us)
    moments = session.played.moments
    chosen = moments.latest_of(camera.selected, last) if camera.selected >= 0 else None
    if camera.pinned and camera.selected >= 0:
        return chosen
    times = session.index.times
    for record in (_waiting(session, chosen, last), moments.latest_refusal(last)):
        if record is not None and (chosen is None or times[record] > times[chosen]):
            chosen = record
    return chosen


def still_asked(camera: Camera, was: Index, now: Index) -> Camera:
    """Return the camera for another run: it asks about nothing that only the former one had."""
    record = camera.record
    if record is None:
        return camera
    if record < len(now.times) and _happening(was, record) == _happening(now, record):
        return camera
    return replace(camera, record=None, asked_us=None)


def _happening(index: Index, record: int) -> tuple[int, int, int, int]:
    """Return when something happened, what, where and to whom."""
    columns = (index.times, index.codes, index.environments, index.subjects)
    time_us, code, environment, subject = (column[record] for column in columns)
    return time_us, code, environment, subject


def event_record(session: Session, camera: Camera) -> int | None:
    """Return a record of the event whose trace is shown: the one that "why" is about, if it is.

    Else the latest one that the selected environment served or was made for.
    """
    asked = camera.record if camera.record is not None else subject(session, camera)
    if asked is not None and _is_of_event(session, asked):
        return asked
    if camera.selected < 0:
        return None
    last = session.trace.last_at(session.at_us)
    known = session.played.moments.of_environment[camera.selected]
    return next((n for n in reversed(known) if n <= last and _is_of_event(session, n)), None)


def _is_of_event(session: Session, record: int) -> bool:
    """Whether a record tells of an event at a function: of a refusal, or of who serves it."""
    index = session.index
    there = index.environments[record] >= 0 or index.kind(record) in THROTTLES
    return there and 1 <= index.subjects[record] <= len(index.events)


def questions(session: Session, camera: Camera) -> tuple[int, ...]:
    """Return every record that "why" can be asked about now, what is asked first in front.

    The notable happenings of the latest such instant, one of each kind before a second one of
    any, the newest kind first; and events that were refused when the one asked about arrived.
    """
    asked = camera.record if camera.record is not None else subject(session, camera)
    moments = session.played.moments
    by_kind: dict[Kind, list[int]] = {}
    for record in moments.at(session.at_us):
        by_kind.setdefault(session.index.kind(record), []).append(record)
    rounds = zip_longest(*sorted(by_kind.values(), key=max, reverse=True))
    found = [record for turn in rounds for record in turn if record is not None]
    if asked is None:
        return tuple(found)
    return tuple(dict.fromkeys((asked, *found, *_refused_with(session, asked))))


def ask(session: Session, camera: Camera, *, again: bool) -> tuple[Camera, Note | None]:
    """Choose what "why" explains, and say which of how many questions it is.

    Args:
        session: what is played.
        camera: what is looked at.
        again: whether the answer was on screen already; then the next question is asked, unless
            the cursor has moved since.
    """
    going_on = again and camera.record is not None and camera.asked_us == session.at_us
    start = replace(camera, record=None) if going_on else camera
    every = questions(session, start)
    if not every:
        return camera, Note(tr("nothing has happened yet that asks for a reason"), refused=True)
    place = 0
    if going_on and camera.record in every:
        place = (every.index(camera.record) + 1) % len(every)
    note = None
    if len(every) > 1:
        note = Note(
            tr(
                "reason {place} of {count} at this moment · w shows the next",
                place=place + 1,
                count=len(every),
            )
        )
    return replace(camera, record=every[place], asked_us=session.at_us), note


def ask_refusal(session: Session, camera: Camera, at_us: int) -> Camera:
    """Ask why an event that came at a time was refused; the same camera if none was."""
    index = session.index
    throttles = session.played.moments.throttles
    place = bisect_left(throttles, at_us, key=index.times.__getitem__)
    if place == len(throttles) or index.times[throttles[place]] != at_us:
        return camera
    return replace(camera, record=throttles[place], asked_us=session.at_us)


def _waiting(session: Session, chosen: int | None, last: int) -> int | None:
    """Return the creation that the latest waiting event waits for, of the first of its instant.

    Only one that is later than the chosen record is looked for.
    """
    index, moments = session.index, session.played.moments
    found: int | None = None
    for record in moments.creations_before(last):
        if chosen is not None and record < chosen:
            break
        if found is not None and index.times[record] != index.times[found]:
            break
        start = index.attempt(index.subjects[record], record).start
        if start < 0 or start > last:
            found = record
    return found


def _refused_with(session: Session, record: int) -> list[int]:
    """Return the refusals of events that arrived when the event of a record did."""
    index, moments = session.index, session.played.moments
    subject = index.subjects[record]
    if index.kind(record) is Kind.COMMAND or not 1 <= subject <= len(index.events):
        return []
    arrival = index.attempt(subject, record).arrival
    if arrival < 0:
        return []
    at_us = index.times[arrival]
    time_of = index.times.__getitem__
    first = bisect_left(moments.throttles, at_us, key=time_of)
    last = bisect_left(moments.throttles, at_us + 1, key=time_of)
    return list(moments.throttles[first:last])
