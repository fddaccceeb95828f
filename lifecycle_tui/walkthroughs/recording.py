"""A walkthrough made of a saved session: what was done, in steps, with captions to fill in.

The session is told again as it is written down, so that each wait is known to lead to the moment
at which the next thing was done, and the whole is known to come to the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Mapping as Files
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, NamedTuple

from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.engine.plan import Command
from lifecycle_tui.language import verbs
from lifecycle_tui.language.context import recordings_of
from lifecycle_tui.language.printing import print_line
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.lessons.limits import TITLE
from lifecycle_tui.lessons.model import Line
from lifecycle_tui.play.branches import MAIN, Branch, RulesDate, Step, Variation, WhatIf
from lifecycle_tui.play.commands import describe
from lifecycle_tui.play.note import moment_words
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.catalogue import names as shipped_scenarios
from lifecycle_tui.scenario.nodes import Mapping, Node, Scalar, Sequence, parse_bytes
from lifecycle_tui.scenario.problems import Place, ScenarioError
from lifecycle_tui.scenario.recordings import print_recording, recording_name
from lifecycle_tui.sessions.opening import open_scenario
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.supposing import print_supposed
from lifecycle_tui.units.text import clean, quote
from lifecycle_tui.walkthroughs.reading import MOST_LETTERS, MOST_STEPS
from lifecycle_tui.walkthroughs.staging import StagedWalk

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9.-]*")


class CannotRecordError(Exception):
    """A session that cannot be told as a walkthrough; its words say why."""


class Recorded(NamedTuple):
    """A walkthrough's files: by their names, what they hold. The walkthrough is the first."""

    files: Files[str, str]


@dataclass(slots=True)
class _Told:
    """A step while it is written."""

    caption: str
    lines: list[str]
    compare: str = ""


def record(saved: Saved, name: str) -> Recorded:
    """Return a session as a walkthrough.

    Args:
        saved: the session.
        name: what the walkthrough's file is called, without its ending.

    Raises:
        CannotRecordError: something in it cannot be written as a line.
    """
    scenario, files = _scenario(saved, name)
    plan = parse_text(
        saved.origin.text,
        overrides=saved.origin.overrides,
        recordings=recordings_of(saved.plan.commands),
    )
    date = plan.rules_date
    if saved.plan.rules_date != date:
        message = f"it follows the rules of {saved.plan.rules_date}, and its scenario now of {date}"
        raise CannotRecordError(message)
    added = _added(saved)
    files |= {each: _csv(recording) for each, recording in added.items()}
    teller = _Teller(saved)
    steps = [_Told(_FIRST, []), *teller.steps()]
    if len(steps) > MOST_STEPS:
        message = f"it has {len(steps)} steps, and a walkthrough has {MOST_STEPS} at the most"
        raise CannotRecordError(message)
    title = clean(saved.plan.title or saved.origin.name, TITLE)
    head = ["format: 1", f"title: {_quoted(title)}", f"scenario: {_plain(scenario)}"]
    if saved.origin.overrides:
        head += ["set:", *(f"  - {_quoted(each)}" for each in saved.origin.overrides)]
    head.append(f"seed: {saved.plan.seed}")
    if added:
        head += ["recordings:", *(f"  - {_plain(each)}" for each in added)]
    head += ["sizes: [80x24]", "steps:"]
    text = "\n".join([*head, *(line for step in steps for line in _written(step))])
    return Recorded({f"{name}.walk.yaml": f"{text}\n", **files})


_FIRST: Final = "Say here what the story is about, before anything is done."


def _scenario(saved: Saved, name: str) -> tuple[str, dict[str, str]]:
    """Return the scenario's name, and its file where it does not come with the program."""
    origin = saved.origin
    known = origin.name.removesuffix(".yaml")
    if known in shipped_scenarios() and open_scenario(known).origin.text == origin.text:
        return known, {}
    file = f"{name}.scenario.yaml"
    recordings = recordings_of(saved.plan.commands)
    files = {}
    for path in traces(parse_bytes(origin.text.encode(), origin.name)):
        if recording_name(path) in recordings:
            files[_inside(path)] = _csv(recordings[recording_name(path)])
    return file, {file: origin.text, **files}


def traces(node: Node) -> Iterator[str]:
    """Yield the files of recorded arrivals that a scenario names."""
    if isinstance(node, Mapping):
        for key, inner in node.entries.items():
            if key == "trace" and isinstance(inner, Scalar):
                yield inner.text
            else:
                yield from traces(inner)
    elif isinstance(node, Sequence):
        for inner in node.items:
            yield from traces(inner)


def _inside(path: str) -> str:
    """Return the path of a file that can stand beside the walkthrough."""
    if PurePath(path).is_absolute() or ".." in PurePath(path).parts:
        message = f"its scenario reads {quote(path, 60)}, which is not below its own folder"
        raise CannotRecordError(f"{message}; put the file there, and play and save it again")
    return path


def _added(saved: Saved) -> dict[str, Recording]:
    """Return the recordings that were sent by hand and are none of the scenario's, by file."""
    known = recordings_of(saved.plan.commands)
    steps = tuple(step for branch in saved.branches for step in branch.steps)
    sent = recordings_of(tuple(step for step in steps if isinstance(step, Command)))
    return {name: one for name, one in sent.items() if name not in known}


def _csv(recording: Recording) -> str:
    return print_recording(recording).decode("ascii")


class _Teller:
    """Tells a session again, branch by branch, in an order in which each finds its parent."""

    def __init__(self, saved: Saved) -> None:
        self._saved = saved
        self._plan = saved.plan
        self._session = Session(saved.plan)
        every = {**_added(saved), **recordings_of(saved.plan.commands)}
        self._staged = StagedWalk(saved.plan, self._session, every)
        self._names = tuple(function.name for function in saved.plan.functions)
        self._done: dict[str, int] = {}
        """By branch, how many of its steps have been told, inherited ones included."""

    def steps(self) -> Iterator[_Told]:
        for branch in self._saved.branches:
            yield from self._begin(branch)
        for branch in self._saved.branches:
            yield from self._tell(branch, len(branch.steps))
        yield from self._end()
        self._check_same()

    def _begin(self, branch: Branch) -> Iterator[_Told]:
        """Make a branch, once as much of its parent has been told as it inherits."""
        self._done[branch.name] = inherited = branch.inherited
        if branch.parent is None:
            if branch.name != MAIN:
                yield _Told(
                    f"The story is called {branch.name}.", [self._run(verbs.Rename(branch.name))]
                )
            return
        parent = self._saved.branch(branch.parent)
        added = branch.variations[len(parent.variations) :]
        same = branch.steps[:inherited] == parent.steps[:inherited]
        keeps = same and inherited >= self._done[parent.name]
        if keeps:
            yield from self._tell(parent, inherited)
        if added or not keeps:
            yield self._restart(branch, parent, added, keeps=keeps)
            return
        lines = self._go(parent.name, branch.forked_at_us)
        lines.append(self._run(verbs.Fork(branch.name)))
        when = moment_words(branch.forked_at_us)
        yield _Told(f"{branch.name} leaves {parent.name} at {when}.", lines)

    def _restart(
        self, branch: Branch, parent: Branch, added: tuple[Variation, ...], *, keeps: bool
    ) -> _Told:
        if len(added) > 1:
            message = f"{branch.name} began with several functions configured otherwise"
            raise CannotRecordError(message)
        function, changes = added[0] if added else (0, ())
        lines = self._go(parent.name, self._session.at_us)
        lines.append(self._run(verbs.Restart(function, changes, keeps, branch.name)))
        return _Told(f"{branch.name} begins again from 0.", lines)

    def _tell(self, branch: Branch, count: int) -> Iterator[_Told]:
        """Tell a branch's steps up to so many."""
        while self._done[branch.name] < count:
            step = branch.steps[self._done[branch.name]]
            self._done[branch.name] += 1
            lines = self._go(branch.name, step.at_us)
            lines.append(self._act(step))
            lines += self._rest(branch)
            yield _Told(f"At {moment_words(step.at_us)}: {describe(step)}.", lines)

    def _end(self) -> Iterator[_Told]:
        """Go to where the session was left."""
        current = self._saved.branch(self._saved.current)
        lines = self._go(current.name, current.at_us)
        if lines:
            told = _Told(f"This is how it stands at {moment_words(current.at_us)}.", lines)
            if current.parent is not None:
                told.compare = current.parent
            yield told

    # Lines.

    def _rest(self, branch: Branch) -> list[str]:
        """Return what lets be seen what comes of a step, if so much was seen at the time."""
        told = self._done[branch.name]
        later = branch.steps[told].at_us if told < len(branch.steps) else branch.edge_us
        end_us = self._quiet_us()
        return [self._run(verbs.WaitUntilIdle())] if end_us is not None and end_us <= later else []

    def _quiet_us(self) -> int | None:
        """Return when it falls quiet; None where it is, or where that is not known yet."""
        quiet, at_us = self._session.played.quiet_us, self._session.at_us
        place = bisect_right(quiet, at_us)
        if place == len(quiet) or self._session.played.is_quiet_at(at_us):
            return None
        return quiet[place]

    def _go(self, name: str, at_us: int) -> list[str]:
        """Return the lines that lead to a moment of a branch: a wait, if it comes later.

        The cursor goes back before another branch is shown: what that one has not seen yet stays
        unseen.
        """
        session, lines = self._session, []
        if at_us < session.at_us:
            lines.append(self._run(verbs.Seek(at_us)))
        if session.branch.name != name:
            lines.append(self._run(verbs.Switch(name)))
        if at_us > session.at_us:
            quiet, before_us = session.played.quiet_us, session.at_us
            place = bisect_right(quiet, before_us)
            comes = place < len(quiet) and quiet[place] == at_us
            idle = comes and not session.played.is_quiet_at(before_us)
            lines.append(
                self._run(verbs.WaitUntilIdle() if idle else verbs.Wait(at_us - before_us))
            )
        return lines

    def _act(self, step: Step) -> str:
        if isinstance(step, WhatIf):
            line = print_supposed(step)
            if len(line) > MOST_LETTERS:
                what = f"what was tried out ({describe(step)}) is too long for a line"
                raise CannotRecordError(f"{what}; delete that fork, and save the session again")
            return self._carry_out(line)
        return self._run(_statement(step))

    def _run(self, statement: Statement) -> str:
        return self._carry_out(print_line(statement, self._names))

    def _carry_out(self, line: str) -> str:
        try:
            told = self._staged.carry_out(Line(Place("", 1, 1), line))
        except ScenarioError as error:
            raise CannotRecordError(f"{line}: {error.problems[0].message}") from None
        if told.refused:
            raise CannotRecordError(f"{line}: {told.text}")
        return line

    def _check_same(self) -> None:
        """Refuse what, told again, is another story."""
        there = {branch.name: branch for branch in self._session.branches}
        for branch in self._saved.branches:
            told = there.get(branch.name)
            if told is None or told.steps != branch.steps or told.variations != branch.variations:
                raise CannotRecordError(f"{branch.name} cannot be told again with the same steps")
        if self._session.at_us != self._saved.branch(self._saved.current).at_us:
            raise CannotRecordError("the moment where it was left cannot be reached again")


def _statement(step: Step) -> Statement:
    if isinstance(step, RulesDate):
        return verbs.Rules(step.date)
    assert isinstance(step, Command)
    return step


# Writing.


def _written(step: _Told) -> Iterator[str]:
    yield f"  - caption: {_quoted(step.caption)}"
    if step.lines:
        yield "    do:"
        yield from (f"      - {_plain(line)}" for line in step.lines)
    if step.compare:
        yield f"    compare: {_plain(step.compare)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}")
    return f'"{escaped}"'


def _plain(text: str) -> str:
    """Return a scalar without quotes where YAML reads it as the same text."""
    safe = _WORD.match(text) and not any(mark in text for mark in (": ", " #", "\\"))
    if safe and not text.endswith(":") and text.isprintable():
        return text
    return "'" + text.replace("'", "''") + "'"
