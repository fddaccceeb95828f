"""``lifecycle-tui export``: the screen at a moment, or a run as it is seen, as a file."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.compare import run_name
from lifecycle_tui.cli.options import (
    STANDARD_OUTPUT,
    Duration,
    Scenario,
    Whole,
    load_plan,
    output_option,
    scenario_argument,
    scenario_options,
)
from lifecycle_tui.cli.play import Speed

if TYPE_CHECKING:
    from lifecycle_tui.engine.plan import Plan
    from lifecycle_tui.export.pictures.frame import Frame
    from lifecycle_tui.play.note import Note
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.tui.offstage import Look

THEMES: Final = (
    "okabe-ito", "okabe-ito-light", "high-contrast", "monochrome", "ansi-dark", "ansi-light",
)  # fmt: skip
"""``tui.theme.CHOICES``, which is not imported for ``--help``."""
PANES: Final = ("inspect", "why", "cost", "trace", "metrics", "config", "log")
"""``tui.screens.panes.PANES``, likewise."""
FORMATS: Final = ("svg", "png", "text", "html", "cast", "svg-animated")
MOST_FRAMES: Final = 2_000
_NARROWEST, _WIDEST = (40, 10), (300, 120)


class Size(click.ParamType[tuple[int, int]]):
    """The size of a screen: ``120x40``."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Return columns and lines."""
        import re

        from lifecycle_tui.units.text import quote

        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"([0-9]{1,4})x([0-9]{1,4})", value)
        size = (int(match[1]), int(match[2])) if match else (0, 0)
        ends = zip(size, _NARROWEST, _WIDEST, strict=True)
        if not all(low <= number <= high for number, low, high in ends):
            low, high = ("x".join(map(str, each)) for each in (_NARROWEST, _WIDEST))
            self.fail(f"{quote(value)} is no size; allowed: {low} to {high}.", param, ctx)
        return size


class Environment(click.ParamType[int]):
    """An environment's name: ``e2``, as its number from 0."""

    name = "environment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        import re

        from lifecycle_tui.units.text import quote

        if isinstance(value, int):
            return value
        match = re.fullmatch(r"e([1-9][0-9]{0,6})", value)
        if match is None:
            self.fail(f"{quote(value)} is no environment; write e1, e2 and so on.", param, ctx)
        return int(match[1]) - 1


@click.command()
@scenario_argument(required=True)
@output_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="A picture (svg, png, text, html) or a film (cast, svg-animated).  [default: as the"
    " file's name ends, else text]",
)
@click.option("--at", type=Duration(), metavar="TIME", help="Picture: the moment.  [default: 0s]")
@click.option("--from", "start", type=Duration(), metavar="TIME", help="Film: where it begins.")
@click.option(
    "--to", "end", type=Duration(), metavar="TIME",
    help="Film: where it ends.  [default: where all is quiet]",
)  # fmt: skip
@click.option(
    "--speed", type=Speed(), metavar="X", help="Film: virtual seconds a second.  [default: 1]"
)
@click.option("--fps", type=Whole(4, 30), metavar="N", help="Film: frames a second.  [default: 10]")
@click.option(
    "--size",
    type=Size(),
    default="80x24",
    show_default=True,
    metavar="WxH",
    help="Columns and lines.",
)
@click.option(
    "--pane",
    "panes",
    multiple=True,
    type=click.Choice(PANES),
    help="Show this pane; may be repeated.",
)
@click.option(
    "--select", "selected", type=Environment(), metavar="eN", help="Select this environment."
)
@click.option(
    "--do", "lines", multiple=True, metavar="LINE",
    help="Carry out a command line there first, as 'fire' or 'wait 2s'; may be repeated.",
)  # fmt: skip
@click.option("--press", "keys", metavar="KEYS", help="Then press keys, with blanks between them.")
@click.option(
    "--against", type=Scenario(), metavar="SCENARIO", help="Show this one below it (A/B)."
)
@click.option(
    "--set-b", multiple=True, metavar="FUNCTION.KEY=VALUE",
    help="Write a value over the one below; without --against that is SCENARIO itself.",
)  # fmt: skip
@click.option("--theme", type=click.Choice(THEMES), default=THEMES[0], show_default=True)
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII characters only.")
@scenario_options
def export(
    scenario: str,
    output: str,
    kind: str | None,
    at: int | None,
    start: int | None,
    end: int | None,
    speed: float | None,
    fps: int | None,
    size: tuple[int, int],
    panes: tuple[str, ...],
    selected: int | None,
    lines: tuple[str, ...],
    keys: str | None,
    against: str | None,
    set_b: tuple[str, ...],
    theme: str,
    ascii_only: bool,
    seed: int | None,
    overrides: tuple[str, ...],
) -> int:
    """Write what the program shows of SCENARIO into a file, the same bytes each time.

    A picture shows one moment. A film shows time passing; idle time passes quickly, as on the
    screen. Nothing needs a terminal.

    \b
    Examples:
      lifecycle-tui export first-event --at 900ms
      lifecycle-tui export first-event --at 900ms --pane why -o cold.svg
      lifecycle-tui export burst-of-five --at 1.2s --size 120x40 --pane cost -o bill.png
      lifecycle-tui export sandbox --do fire --do 'wait 2s' --theme okabe-ito-light -o warm.html
      lifecycle-tui export short-timeout --at 4s --set-b web-api.timeout=6s --size 120x40 -o ab.svg
      lifecycle-tui export warm-reuse --to 8s --speed 2 -o run.cast
      lifecycle-tui export warm-reuse --to 8s --format svg-animated -o run.svg
    """
    from dataclasses import replace

    filming = {"--from": start, "--to": end, "--speed": speed, "--fps": fps}
    kind = _kind(kind, output, filming=any(each is not None for each in filming.values()))
    _check(kind, output, at, filming)
    plan, name = load_plan(scenario, seed, overrides), run_name(scenario, (), None)
    below: tuple[Plan, str] | None = None
    if against or set_b:
        plan = replace(plan, title=name)
        other = load_plan(against or scenario, seed, set_b)
        other_name = run_name(against or scenario, set_b, None)
        below = replace(other, title=other_name), other_name
    from lifecycle_tui.export.pictures.steady import steady_environment

    with steady_environment():
        from lifecycle_tui.cli.progress import progress
        from lifecycle_tui.files import reason
        from lifecycle_tui.play.session import Session
        from lifecycle_tui.tui.offstage import KEYS, Look
        from lifecycle_tui.units.text import quote

        look = Look(*size, theme, ascii_only=ascii_only, panes=panes)
        look = replace(look, keys=tuple((keys or "").split()))
        for key in look.keys:
            if key not in KEYS:
                raise click.UsageError(f"--press {quote(key)}: no such key; the help lists them.")
        with progress("simulating"):
            at_us = at or start or 0
            session = Session(plan, scenario_name=name, speed=speed or 1.0, at_us=at_us)
            look = replace(look, note=_do(session, lines))
            rival = below and Session(below[0], scenario_name=below[1])
        look = replace(look, selected=-1 if selected is None else _existing(session, selected))
        try:
            shot = _Shot(session, look, rival, kind, end, fps or 10)
            return _write(shot, output)
        except (click.ClickException, BrokenPipeError):
            raise
        except OSError as error:
            where = "to standard output" if output == STANDARD_OUTPUT else quote(output, 200)
            click.echo(f"cannot write {where}: {reason(error)}", err=True)
            return exit_codes.CHECK_FAILED
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            from lifecycle_tui.tui.fault import report

            return report(error, name)


def _kind(kind: str | None, output: str, *, filming: bool) -> str:
    """Return the format: the one that was asked for, else as the file's name ends."""
    from lifecycle_tui.export.pictures.formats import ENDINGS
    from lifecycle_tui.units.text import quote

    if kind is not None:
        return kind
    ending = PurePath(output).suffix.lower()
    if output != STANDARD_OUTPUT and ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise click.UsageError(
            f"-o {quote(output, 100)}: no format ends so; known: {known}. Or give --format."
        )
    guessed = ENDINGS.get(ending, "text")
    return "svg-animated" if filming and guessed == "svg" else guessed


def _check(kind: str, output: str, at: int | None, filming: dict[str, Any]) -> None:
    """Refuse options that do not go together."""
    from lifecycle_tui.export.pictures.formats import FILMS

    if kind in FILMS:
        if at is not None:
            raise click.UsageError(f"--at is for pictures; {kind} is a film: --from and --to.")
    else:
        for option, value in filming.items():
            if value is not None:
                raise click.UsageError(
                    f"{option} is for films (--format cast, svg-animated); {kind} is a picture."
                )
    if kind == "png" and output == STANDARD_OUTPUT and sys.stdout.isatty():
        raise click.UsageError("a PNG is nothing for a terminal; give -o FILE.")


def _do(session: Session, lines: tuple[str, ...]) -> Note | None:
    """Carry out command lines; return what the last one said."""
    if not lines:
        return None
    from lifecycle_tui.language.running import LineError, run_line
    from lifecycle_tui.units.text import quote

    note: Note | None = None
    for line in lines:
        try:
            note = run_line(session, line)
        except LineError as error:
            raise click.UsageError(f"--do {quote(line, 80)}: {error.message}") from None
        if note.refused:
            raise click.UsageError(f"--do {quote(line, 80)}: {note.text}")
    return note


def _existing(session: Session, number: int) -> int:
    """Return the number of an environment that there is by now."""
    from lifecycle_tui.engine.states import State
    from lifecycle_tui.play.note import moment_words

    known = len(session.trace.environments)
    if number >= known or session.take.state_of(number, session.at_us) is State.NONE:
        when = moment_words(session.at_us)
        raise click.UsageError(f"--select e{number + 1}: there is no such environment at {when}.")
    return number


class _Shot(NamedTuple):
    """What is to be drawn: a picture of a session where it stands, or a film from there on."""

    session: Session
    look: Look
    rival: Session | None
    kind: str
    end_us: int | None
    fps: int


def _write(shot: _Shot, output: str) -> int:
    """Draw, and write it; whether that is possible is known before anything is drawn."""
    from lifecycle_tui.export.pictures.formats import STILLS
    from lifecycle_tui.files import replacing

    draw = _picture if shot.kind in STILLS else _film
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(draw(shot))
        sys.stdout.buffer.flush()
        return exit_codes.OK
    with replacing(Path(output)) as file:
        content = draw(shot)
        file.write(content)
    click.echo(f"wrote {PurePath(output)}: {max(len(content) // 1000, 1)} kB", err=True)
    return exit_codes.OK


def _picture(shot: _Shot) -> bytes:
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.export.pictures.formats import still
    from lifecycle_tui.tui import offstage

    with progress("drawing"):
        frame = offstage.still(shot.session, shot.look, shot.rival)
        content = still(frame, shot.kind)
    if shot.kind == "png":
        _warn(frame)
    return content


def _warn(frame: Frame) -> None:
    """Say which letters a PNG lacks."""
    from lifecycle_tui.export.pictures.png import strangers
    from lifecycle_tui.units.text import quote

    found = strangers(frame)
    if found:
        click.echo(f"drawn as boxes, for want of letters: {quote(found, 60)}", err=True)


def _film(shot: _Shot) -> bytes:
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.export.pictures.formats import moving
    from lifecycle_tui.play.note import moment_words
    from lifecycle_tui.tui import offstage

    session, fps = shot.session, shot.fps
    to_us = offstage.end_of(session) if shot.end_us is None else shot.end_us
    if to_us <= session.at_us:
        now = moment_words(session.at_us)
        raise click.UsageError(f"nothing happens from {now} on; give a later --to.")
    count = offstage.frame_count(session, to_us, fps)
    if count > MOST_FRAMES:
        raise click.UsageError(
            f"that would be {count:,} frames, and {MOST_FRAMES:,} are the most there can be: give"
            " a higher --speed, fewer --fps or an earlier --to."
        )
    done = 0

    def drawn(number: int) -> None:
        nonlocal done
        done = number

    with progress("drawing", lambda: f" {done} of {count} frames"):
        film = offstage.film(
            session, shot.look, to_us=to_us, fps=fps, against=shot.rival, drawn=drawn
        )
        return moving(film, shot.kind)
