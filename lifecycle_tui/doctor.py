"""Looking at where the program runs: the terminal, the locale, versions, and what is kept.

Nothing is changed, created or sent anywhere. A finding that is not well says what to change.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

from lifecycle_tui import locations
from lifecycle_tui.terminal import wants_ascii
from lifecycle_tui.units.text import clean, quote
from lifecycle_tui.units.translation import tr, tr_later, tr_many

LEAST: Final = (80, 24)
COMFORTABLE: Final = (120, 40)
PYTHON: Final = (3, 11)
_PLAIN: Final = tr_later("it speaks in lines there, as with --plain")
_PINS: Final = re.compile(r"([A-Za-z0-9_-]+)\s*(?:(==|>=)\s*([0-9][0-9.]*))?")
SAMPLE: Final = "█ ▓ ▒ ░ ═ ─ ▲ ▌ ≈ † ·"
"""Glyphs of the Unicode skin."""


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    found: str
    change: str = ""
    """What to change, or what may help."""
    is_well: bool = True


class Streams(NamedTuple):
    """What input and output are."""

    has_terminal: bool
    size: tuple[int, int] | None
    """Columns and rows; None without a terminal."""
    encoding: str

    @classmethod
    def of_the_process(cls) -> Streams:
        """Return those of this process."""
        has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        size = None
        if has_terminal:
            with suppress(OSError, ValueError):
                found = os.get_terminal_size(sys.stdout.fileno())
                size = found.columns, found.lines
        return cls(has_terminal, size, getattr(sys.stdout, "encoding", None) or "ascii")


def examine(
    environment: Mapping[str, str] | None = None, streams: Streams | None = None
) -> tuple[Finding, ...]:
    """Look at everything.

    Args:
        environment: variables; None: those of the process.
        streams: input and output; None: those of the process.
    """
    environment = os.environ if environment is None else environment
    streams = streams or Streams.of_the_process()
    return (
        *_terminal(environment, streams),
        _colours(environment),
        *_theme(environment),
        *_letters(environment, streams),
        _mouse(environment),
        _clipboard(environment),
        _python(),
        *_packages(),
        *_kept(),
    )


def _terminal(environment: Mapping[str, str], streams: Streams) -> Iterator[Finding]:
    name = environment.get("TERM", "")
    if name in ("", "dumb", "unknown"):
        change = tr(
            "{lines}; for the screen: export TERM=xterm-256color, if it is such a terminal",
            lines=tr(_PLAIN),
        )
        yield Finding("TERM", name or tr("not set"), change, is_well=False)
    else:
        yield Finding("TERM", clean(name, 40))
    if not streams.has_terminal:
        change = tr(
            "{lines}; for the screen: run it in a terminal, without a pipe", lines=tr(_PLAIN)
        )
        yield Finding("terminal", tr("none: input or output is no terminal"), change, is_well=False)
        return
    if streams.size is None:
        yield Finding(
            "size", tr("unknown"), tr("the terminal does not say how large it is"), is_well=False
        )
        return
    columns, rows = streams.size
    found = tr("{columns} columns, {rows} rows", columns=columns, rows=rows)
    if columns < LEAST[0] or rows < LEAST[1]:
        change = tr(
            "enlarge it to {columns} by {rows} or more, or choose a smaller font",
            columns=LEAST[0],
            rows=LEAST[1],
        )
        yield Finding("size", found, change, is_well=False)
    elif columns < COMFORTABLE[0] or rows < COMFORTABLE[1]:
        more = tr(
            "{columns} by {rows} shows two panes at once",
            columns=COMFORTABLE[0],
            rows=COMFORTABLE[1],
        )
        yield Finding("size", found, more)
    else:
        yield Finding("size", found)


def _colours(environment: Mapping[str, str]) -> Finding:
    if environment.get("NO_COLOR"):
        return Finding("colours", tr("none, as NO_COLOR asks"), tr("unset NO_COLOR for colours"))
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Finding("colours", tr("16 million (COLORTERM)"))
    if "256" in environment.get("TERM", ""):
        more = tr("export COLORTERM=truecolor, if the terminal can show more")
        return Finding("colours", tr("256 (TERM)"), more)
    change = tr("export COLORTERM=truecolor or TERM=xterm-256color, if the terminal can show them")
    return Finding("colours", tr("16 or fewer (TERM)"), change, is_well=False)


def _theme(environment: Mapping[str, str]) -> Iterator[Finding]:
    named = environment.get("TEXTUAL_THEME", "")
    if not named:
        return
    from lifecycle_tui.tui.theme import CHOICES

    if named in CHOICES:
        yield Finding("theme", f"{named} (TEXTUAL_THEME)")
    else:
        change = tr("TEXTUAL_THEME is one of {names}", names=", ".join(CHOICES))
        yield Finding("theme", tr("{named} is none", named=quote(named)), change, is_well=False)


def _letters(environment: Mapping[str, str], streams: Streams) -> Iterator[Finding]:
    variables = ("LC_ALL", "LC_CTYPE", "LANG")
    set_by = next((name for name in variables if environment.get(name)), "")
    locale = f"{set_by}={clean(environment[set_by], 40)}" if set_by else tr("no locale is set")
    found = f"{streams.encoding.lower()}, {locale}"
    if not wants_ascii(environment, streams.encoding):
        yield Finding("locale", found)
        more = tr("if these are not all shown, use --ascii: {glyphs}", glyphs=SAMPLE)
        yield Finding("skin", "Unicode", more)
    elif environment.get("TERM") == "linux":
        yield Finding("locale", found)
        yield Finding("skin", tr("ASCII: the Linux console has few glyphs"))
    else:
        change = tr("export LC_ALL=C.UTF-8, or another UTF-8 locale, for the full set of glyphs")
        yield Finding("locale", found, change, is_well=False)
        yield Finding("skin", tr("ASCII: the locale or the encoding is not UTF-8"))


def _mouse(environment: Mapping[str, str]) -> Finding:
    if environment.get("TMUX"):
        return Finding("mouse", tr("through tmux"), "set -g mouse on, in ~/.tmux.conf")
    if environment.get("STY"):
        return Finding("mouse", tr("through screen"), "mousetrack on, in ~/.screenrc")
    return Finding("mouse", tr("if the terminal has one; every action has a key too"))


def _clipboard(environment: Mapping[str, str]) -> Finding:
    """What is copied travels by OSC 52, which not every terminal takes."""
    save = tr("what is to be copied can be saved instead: permalink and save")
    if environment.get("TMUX"):
        return Finding("clipboard", tr("OSC 52 through tmux"), "set -g set-clipboard on")
    if environment.get("STY"):
        return Finding("clipboard", tr("screen does not pass OSC 52 on"), save)
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return Finding("clipboard", tr("Apple's Terminal does not take OSC 52"), save)
    return Finding("clipboard", tr("OSC 52, if the terminal takes it"))


def _python() -> Finding:
    found = f"{platform.python_implementation()} {platform.python_version()}"
    if sys.version_info[:2] < PYTHON:
        change = tr("it needs {version} or later", version=f"{PYTHON[0]}.{PYTHON[1]}")
        return Finding("Python", found, change, is_well=False)
    return Finding("Python", found)


def _packages() -> Iterator[Finding]:
    try:
        wanted = metadata.requires("lifecycle-tui") or []
        yield Finding("lifecycle-tui", metadata.version("lifecycle-tui"))
    except metadata.PackageNotFoundError:
        change = tr("install it: pip install -e . in a checkout")
        yield Finding("lifecycle-tui", tr("not installed"), change, is_well=False)
        return
    for requirement in wanted:
        # What follows a semicolon is an extra, which nobody needs to run the program.
        if ";" not in requirement:
            yield package(requirement)


def package(requirement: str) -> Finding:
    """Return whether an installed package is what a requirement asks for."""
    match = _PINS.fullmatch(requirement.strip())
    if match is None:
        return Finding(clean(requirement, 40), tr("not looked at"))
    name, sign, version = match.groups()
    install = f"pip install '{requirement}'"
    try:
        there = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(name, tr("not installed"), install, is_well=False)
    if not sign:
        return Finding(name, there)
    mine, theirs = numbers(there), numbers(version)
    well = mine == theirs if sign == "==" else mine >= theirs
    wanted = tr("{version}, wanted {wanted}", version=there, wanted=f"{sign}{version}")
    return Finding(name, wanted, "" if well else install, is_well=well)


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without zeros at its end."""
    found = [int(part) for part in re.findall(r"[0-9]+", re.split(r"[^0-9.]", version)[0])]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _kept() -> Iterator[Finding]:
    folder = locations.state()
    yield _state(folder)
    yield _sessions()
    yield _progress()


def _state(folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    shown = clean(str(folder), 200)
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        if there != folder:
            shown = tr("{folder} (made when it is needed)", folder=shown)
        return Finding("state folder", shown)
    change = tr(
        "let it be written to: {there}; or export XDG_STATE_HOME", there=clean(str(there), 200)
    )
    return Finding(
        "state folder", tr("{shown} cannot be written", shown=shown), change, is_well=False
    )


def _sessions() -> Finding:
    from lifecycle_tui.scenario.problems import ScenarioError
    from lifecycle_tui.sessions.autosave import kept
    from lifecycle_tui.sessions.opening import open_session

    every, broken = kept(), []
    for one in every:
        try:
            open_session(str(one.path))
        except (ScenarioError, OSError):
            broken.append(one.path)
    if broken:
        change = tr("delete what cannot be read: {broken}", broken=clean(str(broken[0]), 200))
        found = tr_many(
            "{count:,} session, {broken} of them unreadable",
            "{count:,} sessions, {broken} of them unreadable",
            len(every),
            broken=len(broken),
        )
        return Finding("kept sessions", found, change, is_well=False)
    more = tr("lifecycle-tui resume opens the latest") if every else ""
    return Finding(
        "kept sessions",
        tr_many("{count:,} session", "{count:,} sessions", len(every)) if every else tr("none"),
        more,
    )


def _progress() -> Finding:
    from lifecycle_tui.lessons.progress import (
        LARGEST,
        DamagedError,
        NewerError,
        Status,
        Store,
        parse,
    )

    path = Store().path
    try:
        with path.open("rb") as file:
            kept = parse(file.read(LARGEST + 1))
    except FileNotFoundError:
        return Finding("progress", tr("none yet"), tr("lifecycle-tui learn begins the course"))
    except NewerError as error:
        return Finding("progress", clean(str(error)), tr("update lifecycle-tui"), is_well=False)
    except DamagedError as error:
        change = tr("move it away: {path}", path=clean(str(path), 200))
        return Finding(
            "progress", tr("damaged: {error}", error=clean(str(error))), change, is_well=False
        )
    except OSError as error:
        change = tr("let it be read: {path}", path=clean(str(path), 200))
        return Finding("progress", error.strerror or tr("cannot be read"), change, is_well=False)
    done = sum(lesson.status is Status.DONE for lesson in kept.lessons.values())
    lessons = tr_many(
        "{count:,} lesson begun, {done} done",
        "{count:,} lessons begun, {done} done",
        len(kept.lessons),
        done=done,
    )
    told = tr_many("{count:,} prediction", "{count:,} predictions", len(kept.predictions))
    return Finding("progress", f"{lessons}, {told}")


def finding_lines(found: tuple[Finding, ...]) -> Iterator[str]:
    """Yield findings as text, a line each, and what they come to."""
    width = max(len(tr(each.name)) for each in found)
    for each in found:
        word = "ok" if each.is_well else "warn"
        change = f"; {each.change}" if each.change else ""
        yield f"{word:4}  {tr(each.name):{width}}  {each.found}{change}"
    wrong = sum(not each.is_well for each in found)
    yield ""
    told = tr_many("{count:,} thing to change", "{count:,} things to change", wrong)
    yield told if wrong else tr("all is well")


def findings_json(found: tuple[Finding, ...]) -> str:
    """Return findings as one JSON object."""
    return json.dumps(
        {
            "format": 1,
            "ok": all(each.is_well for each in found),
            "checks": [
                {
                    "name": each.name,
                    "status": "ok" if each.is_well else "warn",
                    "found": each.found,
                    "change": each.change or None,
                }
                for each in found
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
