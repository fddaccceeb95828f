"""A scenario file to a plan: read strictly, every problem with its place."""

from __future__ import annotations

import errno
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lifecycle_tui import __version__
from lifecycle_tui.engine.account_limits import refusal
from lifecycle_tui.engine.plan import AccountPlan, Command, Plan, Reuse
from lifecycle_tui.engine.source_plan import AnySource
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.downstreams import read_downstreams
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.functions import (
    KEY_OF,
    KEYS,
    MOST_CONCURRENCY,
    complete,
    read_function,
)
from lifecycle_tui.scenario.nodes import LARGEST, Mapping, Node, Scalar, describe, parse_bytes
from lifecycle_tui.scenario.overrides import apply_overrides
from lifecycle_tui.scenario.patterns import Recordings
from lifecycle_tui.scenario.problems import Problem, Problems, ScenarioError
from lifecycle_tui.scenario.snapstart import never_published
from lifecycle_tui.scenario.sources import read_sources
from lifecycle_tui.scenario.timeline import Team, find_function, read_timeline
from lifecycle_tui.units.durations import print_duration
from lifecycle_tui.units.text import clean, quote

MOST_FUNCTIONS: Final = 1_000
STANDARD_INPUT: Final = "-"
_DESCRIPTORS: Final = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
"""What the shell's ``<(command)`` stands for, and standard input under its other name."""
ACCOUNT: Final = "account"
"""No function may be called so: metrics and overrides use the word for the account."""

_TOP: Final = (
    "format",
    "title",
    "seed",
    "rules_date",
    "until",
    "account",
    "downstreams",
    "functions",
    "sources",
    "timeline",
)
_ACCOUNT: Final = (
    "concurrency",
    "placement",
    "idle_lifetime",
    "max_lifetime",
    "provisioning_delay",
    "reuse",
)


def load(path: str | Path, overrides: Sequence[str] = ()) -> Plan:
    """Read a scenario file.

    Args:
        path: the file; ``-`` is standard input. No more than 1 MB of it is read. Traces that it
            names are looked for in its folder, those of standard input in the working directory.
        overrides: values written over those of the file, as ``web-api.timeout=5s``.

    Raises:
        ScenarioError: what is wrong with it, all of it.
        OSError: it cannot be read, or it is a pipe or a device, which might never end.
    """
    return read_source(path).plan(overrides)


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario as it was written.

    Attributes:
        data: its bytes.
        name: stands for its file in errors.
        folder: where traces that it names are looked for.
    """

    data: bytes
    name: str
    folder: Path

    def plan(self, overrides: Sequence[str] = ()) -> Plan:
        """Return its plan.

        Raises:
            ScenarioError: what is wrong with it, all of it.
        """
        return _parse(self.data, self.name, overrides, self.folder)


def read_source(path: str | Path) -> Source:
    """Read the bytes of a scenario file, or of standard input: no more than 1 MB, and one.

    Raises:
        OSError: it cannot be read, or it is a pipe or a device, which might never end.
    """
    if str(path) == STANDARD_INPUT:
        return Source(sys.stdin.buffer.read(LARGEST + 1), "<stdin>", Path())
    refuse_devices(Path(path))
    with Path(path).open("rb") as file:
        return Source(file.read(LARGEST + 1), clean(str(path)), Path(path).parent)


def refuse_devices(path: Path) -> None:
    """Refuse what is there and is neither a file nor a descriptor that the shell has opened.

    Opening a named pipe waits until somebody writes to it, perhaps for ever.
    """
    if path.is_file() or path.is_dir() or not path.exists():
        return
    if not path.as_posix().startswith(_DESCRIPTORS):
        message = "it is a pipe or a device, not a file; to read from a program, use -"
        raise OSError(errno.EINVAL, message)


def parse_text(
    text: str,
    name: str = "<text>",
    overrides: Sequence[str] = (),
    *,
    folder: Path | None = None,
    recordings: Recordings | None = None,
) -> Plan:
    """Read a scenario from text.

    Args:
        text: what a file would hold.
        name: stands for the file in errors.
        overrides: values written over those of the text.
        folder: where traces are looked for; the working directory unless given.
        recordings: traces by the names of their files; if given, no file is read.
    """
    data = text.encode("utf-8", "surrogatepass")
    return _parse(data, name, overrides, folder or Path(), recordings)


def _parse(
    data: bytes,
    file: str,
    overrides: Sequence[str],
    folder: Path,
    recordings: Recordings | None = None,
) -> Plan:
    with _uncollected():
        return _checked(data, file, overrides, folder, recordings)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector still: all nodes stay until the plan is built.

    Looking for garbage among them again and again takes as long as reading them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _checked(
    data: bytes,
    file: str,
    overrides: Sequence[str],
    folder: Path,
    recordings: Recordings | None,
) -> Plan:
    document = parse_bytes(data, file)
    if isinstance(document, Scalar) and document.value is None:
        message = "the file is empty; a scenario has format, functions and a timeline"
        raise ScenarioError([Problem(document.place, message)])
    if not isinstance(document, Mapping):
        message = f"found {describe(document)}; a scenario has keys such as functions and timeline"
        raise ScenarioError([Problem(document.place, message)])
    apply_overrides(document, list(overrides))
    problems = Problems()
    plan = read_plan(document, problems, folder, recordings)
    problems.check()
    return plan


def read_plan(
    document: Mapping, problems: Problems, folder: Path, recordings: Recordings | None = None
) -> Plan:
    """Read a scenario that stands in a mapping, perhaps within another file.

    Args:
        document: format, functions, timeline and so on.
        problems: what is wrong is noted there; without any, the plan can be run.
        folder: where traces are looked for.
        recordings: traces by the names of their files; if given, no file is read.
    """
    top = Fields(document, problems, "", _TOP)
    top.read("format", _format, 1)
    account = _account(top)
    team = _team(top, account)
    team.folder, team.recordings = folder, recordings
    default = Plan(())
    commands: tuple[Command, ...] = ()
    sources: tuple[AnySource, ...] = ()
    if team.names:
        sources = read_sources(top, team.first, lambda fields: find_function(fields, team))
        team.sources = {source.name: source for source in sources}
        commands = read_timeline(top.items("timeline"), team, problems)
    until_us = top.read("until", readers.duration, default.until_us)
    last_us = max((command.at_us for command in commands), default=0)
    if until_us is not None and last_us > until_us:
        end, last = print_duration(until_us), print_duration(last_us)
        top.refuse(
            "until",
            f"the run would end at {end}, before the command at {last}; end it later, or leave"
            " that command out",
        )
    return Plan(
        functions=tuple(team.first),
        account=account,
        commands=commands,
        sources=sources,
        downstreams=tuple(team.downstreams.values()),
        title=top.read("title", readers.text(120), default.title),
        seed=top.read("seed", readers.integer(0, 2**63 - 1), default.seed),
        rules_date=top.read("rules_date", readers.date, default.rules_date),
        until_us=until_us,
    )


def _format(node: Node) -> int:
    if not isinstance(node, Scalar) or node.value != 1 or isinstance(node.value, bool):
        found = readers.describe_value(node)
        raise UnfitError(f"found {found}; this version ({__version__}) reads format 1")
    return 1


def _account(top: Fields) -> AccountPlan:
    default = AccountPlan()
    if "account" not in top:
        return default
    fields = top.inner("account", _ACCOUNT)
    work_time = readers.work_time
    return AccountPlan(
        concurrency=fields.read(
            "concurrency", readers.integer(1, MOST_CONCURRENCY), default.concurrency
        ),
        placement=fields.read("placement", work_time, default.placement),
        idle_lifetime=fields.read("idle_lifetime", work_time, default.idle_lifetime),
        max_lifetime=fields.read("max_lifetime", work_time, default.max_lifetime),
        provisioning_delay=fields.read("provisioning_delay", work_time, default.provisioning_delay),
        reuse=fields.read("reuse", readers.member(Reuse), default.reuse),
    )


def _team(top: Fields, account: AccountPlan) -> Team:
    """Read all functions; AWS's refusals are found in the order of the file."""
    team = Team(account.concurrency, downstreams=read_downstreams(top))
    if "functions" not in top:
        top.require("functions", lambda node: node, None)
        return team
    functions = top.inner("functions", None)
    if isinstance(top.node("functions"), Mapping) and not functions.keys:
        top.refuse("functions", "is empty; a scenario has at least one function")
    if len(functions.keys) > MOST_FUNCTIONS:
        top.refuse("functions", f"{len(functions.keys):,} functions; at most {MOST_FUNCTIONS:,}")
        return team
    for name in functions.keys:
        path = f"functions.{clean(name, 64)}"
        if not readers.is_name(name):
            message = f"{quote(name, 64)} is not {readers.NAME_EXPECTED}"
            top.problems.add(functions.where_key(name), f"functions: {message}")
        if name == ACCOUNT:
            message = f"functions: the name {quote(name)} means the account itself; choose another"
            top.problems.add(functions.where_key(name), message)
        fields = functions.inner(name, KEYS, optional=True)
        given = read_function(fields, team.downstreams)
        plan = complete(clean(name, 64), given, fields.place, top.problems, path)
        team.add(name, given, plan)
        unpublished = never_published(plan)
        if unpublished is not None:
            field, reason = unpublished
            where = given.get(field, (None, fields.place))[1]
            top.problems.add(where, f"{path}.{KEY_OF[field]}: {reason}")
        refused = refusal(team.limit, team.plans, len(team.plans) - 1)
        if refused is not None:
            field, reason = refused
            where = given.get(field, (None, fields.place))[1]
            top.problems.add(where, f"{path}.{KEY_OF[field]}: {reason}")
    return team
