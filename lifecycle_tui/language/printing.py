"""What a line says, back to the line: the shortest one that is read as exactly the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lifecycle_tui.engine.courses import Ramp, Spike, Wave
from lifecycle_tui.engine.patterns import (
    CoursePattern,
    CronPattern,
    RenewalPattern,
    ReplayPattern,
)
from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Deploy,
    Fire,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
    Shift,
)
from lifecycle_tui.engine.worktime import CpuAndWait
from lifecycle_tui.language import values, verbs
from lifecycle_tui.language.grammar import BY_WORD, IDLE, ONLY, UNTIL, VERBS
from lifecycle_tui.language.reading import is_bare
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.scenario.functions import KEY_OF
from lifecycle_tui.units.durations import print_duration

_BRINGS_MORE: Final = frozenset(
    {"runtime", "package", "architecture", "memory_mb", "init_measured"}
)
"""Fields from which others follow, or which no key of a file sets."""
_KEY_OF: Final = {
    **KEY_OF,
    "uses": "uses",
    "extensions": "extensions",
    "handler": "handler.duration",
    "init_measured": "init.measured",
}
_WORD_OF: Final = {verb.model: verb.word for verb in reversed(VERBS)}


def print_line(statement: Statement, names: Sequence[str]) -> str:
    """Return the line that is read as a statement.

    Args:
        statement: a command or a verb of the session. The line does not say when it is given.
        names: the scenario's functions.
    """
    words = _words(statement, names)
    return " ".join(word for word in words if word)


def _words(statement: Statement, names: Sequence[str]) -> list[str]:
    match statement:
        case Fire():
            return _fire(statement, names)
        case Pattern():
            return _pattern(statement, names)
        case SetConfig(function=function, changes=changes):
            return ["set", *_set(function, changes, names, "set")]
        case Provision(count=count, function=function):
            return ["provision", _whose(function, names, "provision"), str(count)]
        case Deploy(function=function, weight=weight):
            share = f"weight={values.number(weight)}" if weight != 1 else ""
            return ["deploy", _whose(function, names, "deploy"), share]
        case Shift(function=function, weight=weight):
            return ["shift", _whose(function, names, "shift"), values.number(weight)]
        case Prewarm(function=function, count=count):
            return ["prewarm", _whose(function, names, "prewarm"), "" if count == 1 else str(count)]
        case Reclaim(environment=number):
            return ["reclaim", f"e{number + 1}"]
        case Crash(environment=number):
            return ["crash", f"e{number + 1}"]
        case Command():
            raise ValueError(f"{type(statement).__name__} is no command of the language")
        case _:
            return _session_verb(statement, names)


def _session_verb(statement: verbs.SessionVerb, names: Sequence[str]) -> list[str]:
    match statement:
        case verbs.Seek(at_us):
            return ["seek", print_duration(at_us)]
        case verbs.Speed(factor):
            return ["speed", values.number(factor)]
        case verbs.Wait(for_us):
            return ["wait", print_duration(for_us)]
        case verbs.WaitUntilIdle():
            return ["wait", UNTIL, IDLE]
        case verbs.WaitUntil(expression):
            return ["wait", UNTIL, expression]
        case verbs.Explain(event):
            return ["why", "" if event is None else str(event)]
        case verbs.Restart(function, changes, keep, name):
            words = _set(function, changes, names, "restart") if changes else []
            steps = "" if keep else "steps=drop"
            called = "" if name is None else f"as={values.text(name)}"
            return ["restart", *words, steps, called]
        case verbs.Fork(name) | verbs.Switch(name) | verbs.Rename(name) | verbs.Delete(name):
            return [_WORD_OF[type(statement)], name or ""]
        case verbs.Mark(name):
            return ["bookmark", name]
        case verbs.Rules(text) | verbs.Save(text) | verbs.Load(text) | verbs.Claim(text):
            return [_WORD_OF[type(statement)], text]
        case verbs.Help(topic):
            return ["help", topic]
        case _:
            return [_WORD_OF[type(statement)]]


def _whose(function: int, names: Sequence[str], word: str) -> str:
    """Return the function's name; nothing where there is one only."""
    if len(names) == 1:
        return ""
    name = names[function]
    return name if is_bare(BY_WORD[word], name) else f"function={name}"


def _set(
    function: int, changes: Sequence[tuple[str, object]], names: Sequence[str], word: str
) -> list[str]:
    whose = _whose(function, names, word)
    more = any(field in _BRINGS_MORE or isinstance(now, CpuAndWait) for field, now in changes)
    only = ONLY if more else ""
    return [only, whose, *values.settings(changes, _KEY_OF)]


def _sent(command: Fire | Pattern) -> list[str]:
    """Return what commands have in common that send events."""
    return [
        "" if command.source == "sdk" else f"source={values.text(command.source)}",
        "" if command.duration is None else f"duration={values.work_time(command.duration)}",
        "" if command.outcome is None else f"outcome={command.outcome.value}",
    ]


def _fire(command: Fire, names: Sequence[str]) -> list[str]:
    return [
        "fire",
        _whose(command.function, names, "fire"),
        "" if command.count == 1 else f"count={command.count}",
        f"over={print_duration(command.over_us)}" if command.over_us else "",
        *_sent(command),
    ]


def _pattern(command: Pattern, names: Sequence[str]) -> list[str]:
    head = ["pattern", _whose(command.function, names, "pattern")]
    if isinstance(command, ReplayPattern):
        return [*head, f"trace={values.text(command.recording.name)}", *_sent(command)]
    lasts = f"for={print_duration(command.for_us)}"
    return [*head, *_process(command), lasts, *_sent(command)]


def _process(command: Pattern) -> list[str]:
    match command:
        case CoursePattern(course=course, process=spacing):
            return [*_course(course), "" if spacing == "poisson" else f"spacing={spacing}"]
        case CronPattern(gap_us=gap_us, jitter_us=jitter_us):
            late = f"jitter={print_duration(jitter_us)}" if jitter_us else ""
            return ["cron", f"every={print_duration(int(gap_us))}", late]
        case RenewalPattern(gap=gap):
            return ["renewal", f"gap={values.work_time(gap)}"]
        case _:
            return [command.process, f"rate={values.rate_of_gap(command.gap_us)}"]


def _course(course: Ramp | Spike | Wave) -> list[str]:
    match course:
        case Ramp(begin, end):
            return ["ramp", f"rate={values.rate(begin)}", f"to={values.rate(end)}"]
        case Spike(base, peak, from_us, width_us):
            return [
                "spike", f"rate={values.rate(base)}", f"peak={values.rate(peak)}",
                f"spike_at={print_duration(from_us)}", f"width={print_duration(width_us)}",
            ]  # fmt: skip
        case Wave(mean, amplitude, period_us):
            return [
                "wave", f"rate={values.rate(mean)}", f"amplitude={values.number(amplitude)}",
                f"period={print_duration(period_us)}",
            ]  # fmt: skip
