"""A session to the text of its file."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Final

from lifecycle_tui.engine.patterns import Recording, ReplayPattern
from lifecycle_tui.engine.plan import SetConfig
from lifecycle_tui.language.printing import print_line
from lifecycle_tui.language.verbs import Rules
from lifecycle_tui.play.branches import Branch, RulesDate, Step, WhatIf
from lifecycle_tui.scenario.recordings import print_recording
from lifecycle_tui.sessions.layout import (
    AGAINST,
    DIGEST,
    FORMAT,
    INDENT,
    LARGEST,
    LARGEST_RECORDING,
    MAGIC,
    digest_of,
)
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.supposing import print_supposed
from lifecycle_tui.units.durations import print_duration
from lifecycle_tui.units.text import quote

_LEVEL: Final = 9
_COLUMNS: Final = 96


class CannotSaveError(Exception):
    """A session that no file can hold; its words say why."""


def write_session(saved: Saved) -> str:
    """Return the text of a session's file.

    Raises:
        CannotSaveError: it holds a recording that is too large, or is too large itself.
    """
    body = "".join(f"{line}\n" for line in _lines(saved))
    if len(body.encode("utf-8")) > LARGEST:
        raise CannotSaveError(f"the session is larger than {LARGEST // 1_000_000} MB")
    return f"{body}{DIGEST}{digest_of(body)}\n"


def _lines(saved: Saved) -> Iterator[str]:
    yield f"{MAGIC} {FORMAT}"
    yield from _session_lines(saved)
    if saved.against is not None:
        yield AGAINST
        yield from _session_lines(saved.against)


def _session_lines(saved: Saved) -> Iterator[str]:
    plan, origin = saved.plan, saved.origin
    yield f"program {_text(saved.program)}"
    yield f"name {_text(origin.name)}"
    yield f"seed {plan.seed}"
    yield f"rules {plan.rules_date}"
    yield from (f"override {_text(override)}" for override in origin.overrides)
    yield f"current {saved.current}"
    yield "scenario"
    yield from indented(origin.text.removesuffix("\n").split("\n"))
    for recording in _recordings(saved):
        yield f"recording {_text(recording.name)}"
        yield from indented(_packed(recording))
    names = tuple(function.name for function in plan.functions)
    earlier: dict[str, Branch] = {}
    for branch in saved.branches:
        yield f"branch {branch.name}"
        yield from indented(branch_lines(branch, names, earlier))
        earlier[branch.name] = branch


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def indented(lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """Yield lines as they stand in a block."""
    return (f"{INDENT}{line}" if line else "" for line in lines)


def _recordings(saved: Saved) -> list[Recording]:
    """Return every recording of a session, once."""
    steps = [step for branch in saved.branches for step in every_step(branch)]
    found: dict[str, Recording] = {}
    for command in (*saved.plan.commands, *steps):
        if not isinstance(command, ReplayPattern):
            continue
        recording = command.recording
        if found.setdefault(recording.name, recording) != recording:
            raise CannotSaveError(f"two different recordings are called {quote(recording.name)}")
    return list(found.values())


def every_step(branch: Branch) -> Iterator[Step]:
    """Yield the steps of a branch, and those that could be brought back."""
    yield from branch.steps
    for undone in branch.undone:
        if isinstance(undone, Branch):
            yield from every_step(undone)
        else:
            yield undone


def _packed(recording: Recording) -> list[str]:
    data = zlib.compress(print_recording(recording), _LEVEL)
    if len(data) > LARGEST_RECORDING:
        raise CannotSaveError(
            f"the recording {quote(recording.name)} has {len(recording):,} arrivals, too many for"
            f" a session file: {len(data) // 1_024:,} KB compressed, and at most"
            f" {LARGEST_RECORDING // 1_024} KB"
        )
    return wrap(b64encode(data).decode("ascii"), _COLUMNS)


def branch_lines(
    branch: Branch, names: Sequence[str], earlier: Mapping[str, Branch] | None
) -> Iterator[str]:
    """Yield the lines of one branch's block.

    Args:
        branch: which.
        names: the scenario's functions.
        earlier: the branches that stand above it; None for one that was dropped.
    """
    if branch.parent is not None:
        if earlier is not None:
            yield f"parent {branch.parent}"
        yield f"forked {print_duration(branch.forked_at_us)}"
    if branch.inherited:
        yield f"inherited {branch.inherited}"
    if branch.by_itself:
        yield "automatic"
    yield f"edge {print_duration(branch.edge_us)}"
    yield f"cursor {print_duration(branch.at_us)}"
    for function, changes in branch.variations:
        line = print_line(SetConfig(at_us=0, function=function, changes=changes), names)
        yield f"vary {line}"
    for mark in branch.bookmarks:
        yield f"bookmark {print_duration(mark.at_us)} {mark.name}"
    shared = _shared(branch, (earlier or {}).get(branch.parent or ""))
    if shared:
        yield f"shared {shared}"
    yield from (f"step {_step(step, names)}" for step in branch.steps[shared:])
    for undone in branch.undone:
        if isinstance(undone, Branch):
            yield f"undone branch {undone.name}"
            yield from indented(branch_lines(undone, names, None))
        else:
            yield f"undone step {_step(undone, names)}"


def _shared(branch: Branch, parent: Branch | None) -> int:
    """Return how many steps a branch begins with that its parent begins with too."""
    count = 0
    if parent is not None:
        for mine, other in zip(branch.steps, parent.steps, strict=False):
            if mine != other:
                break
            count += 1
    return count


def _step(step: Step, names: Sequence[str]) -> str:
    if isinstance(step, WhatIf):
        return f"{print_duration(step.at_us)} {print_supposed(step)}"
    line = print_line(Rules(step.date) if isinstance(step, RulesDate) else step, names)
    return f"{print_duration(step.at_us)} {line}"
