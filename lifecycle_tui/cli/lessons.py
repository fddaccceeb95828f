"""``lifecycle-tui lessons``: tools for who writes lessons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.learn import find_lesson
from lifecycle_tui.cli.options import STANDARD_OUTPUT, LessonName, Whole, output_option

if TYPE_CHECKING:
    from lifecycle_tui.lessons.model import Lesson
    from lifecycle_tui.lessons.pack import Pack
    from lifecycle_tui.scenario.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])


def _folder_option(function: F) -> F:
    return click.option(
        "--lessons",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="A folder of lessons, instead of the course that comes with the program.",
    )(function)


@click.group()
def lessons() -> None:
    """List, show, write and prove lessons: those of the course, or your own.

    \b
    Examples:
      lifecycle-tui lessons list
      lifecycle-tui lessons new my-lesson --lessons my-course
      lifecycle-tui lessons lint --lessons my-course
      lifecycle-tui lessons test doom-loop
      lifecycle-tui lessons export doom-loop --format html > doom-loop.html
      lifecycle-tui lessons export doom-loop --worksheet -o doom-loop.html
    """


@lessons.command(name="list")
@_folder_option
def list_(folder: Path | None) -> int:
    """List the lessons in order.

    \b
    Examples:
      lifecycle-tui lessons list
    """
    from lifecycle_tui.lessons.summary import pack_lines

    pack = _pack(folder)
    for line in pack_lines(pack):
        click.echo(line)
    return _tell(pack.problems) or exit_codes.OK


@lessons.command()
@click.argument("name", type=LessonName(), metavar="ID")
@_folder_option
def show(name: str, folder: Path | None) -> int:
    """Show what a lesson is made of.

    \b
    Examples:
      lifecycle-tui lessons show doom-loop
    """
    from lifecycle_tui.lessons.summary import lesson_lines

    for line in lesson_lines(find_lesson(_pack(folder), name)):
        click.echo(line)
    return exit_codes.OK


@lessons.command()
@click.argument("name", metavar="NAME")
@_folder_option
def new(name: str, folder: Path | None) -> int:
    """Write a lesson to begin with, which is complete and passes lint and test.

    \b
    Examples:
      lifecycle-tui lessons new my-lesson --lessons my-course
    """
    from lifecycle_tui.lessons.reading import ID
    from lifecycle_tui.lessons.skeleton import skeleton
    from lifecycle_tui.units.text import quote

    if folder is None:
        raise click.UsageError("say where: --lessons DIR.")
    if ID.fullmatch(name) is None or len(name) > 48:
        raise click.UsageError(f"{quote(name)} is no id: small letters, digits and hyphens.")
    folder.mkdir(parents=True, exist_ok=True)
    pack = _pack(folder)
    if pack.find(name) is not None:
        raise click.UsageError(f"there is a lesson {quote(name)} already.")
    order = max((each.order for each in pack.lessons), default=0) + 1
    path = folder / f"{order:02}-{name}.md"
    if path.exists():
        raise click.UsageError(f"{click.format_filename(path)} exists already.")
    path.write_text(skeleton(name, order), encoding="utf-8", newline="\n")
    click.echo(f"written: {click.format_filename(path)}")
    return exit_codes.OK


@lessons.command()
@_folder_option
def lint(folder: Path | None) -> int:
    """Look for what is wrong with lessons, without running them.

    \b
    Examples:
      lifecycle-tui lessons lint
      lifecycle-tui lessons lint --lessons my-course
    """
    from lifecycle_tui.lessons.linting import lint as find
    from lifecycle_tui.units.text import plural

    pack = _pack(folder)
    found = find(pack)
    status = _tell(found, exit_codes.INVALID_FILE if pack.problems else exit_codes.CHECK_FAILED)
    if not found:
        click.echo(f"{plural(len(pack.lessons), 'lesson')}: nothing to say against")
    return status or exit_codes.OK


@lessons.command()
@click.argument("names", type=LessonName(), nargs=-1, metavar="[ID...]")
@_folder_option
def test(names: tuple[str, ...], folder: Path | None) -> int:
    """Run lessons and prove that they hold what they promise.

    At the start every check fails; its solution reaches it; each prediction has exactly one right
    option, over twenty seeds; wrong options are refuted.

    \b
    Examples:
      lifecycle-tui lessons test
      lifecycle-tui lessons test doom-loop freeze
      lifecycle-tui lessons test --lessons my-course
    """
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.lessons.proving import SEEDS, prove
    from lifecycle_tui.units.text import plural

    pack = _pack(folder)
    chosen = [find_lesson(pack, name) for name in names] or list(pack.lessons)
    status = 0 if names else _tell(pack.problems)
    for lesson in chosen:
        with progress(f"testing {lesson.id}"):
            found = prove(lesson)
        status = _tell(found, exit_codes.CHECK_FAILED) or status
        if not found:
            predictions = plural(len(lesson.predictions), "prediction")
            checks = plural(len(lesson.checks), "check")
            click.echo(f"{lesson.id}: ok ({predictions} over {SEEDS} seeds, {checks})")
    if not chosen and not status:
        click.echo("there are no lessons here")
    return status or exit_codes.OK


@lessons.command()
@click.argument("name", type=LessonName(), metavar="ID")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["markdown", "html"]),
    help="What to write.  [default: markdown; html for a worksheet]",
)
@click.option("--worksheet", is_flag=True, help="A worksheet: lanes and questions to fill in.")
@click.option("--answers", is_flag=True, help="The worksheet's key: the same pages, filled in.")
@click.option(
    "--seed",
    type=Whole(0),
    metavar="N",
    help="Draw other random numbers than the lesson's seed gives.",
)
@output_option
@_folder_option
def export(
    name: str,
    kind: str | None,
    worksheet: bool,
    answers: bool,
    seed: int | None,
    output: str,
    folder: Path | None,
) -> int:
    """Write a lesson on paper: a handout, a worksheet, or the worksheet's key.

    A handout has its answers at the end. A worksheet has none: its lanes have numbers instead of
    letters, and its tables are empty. The key with the same seed has all of them. Both print well,
    and are the same bytes each time.

    \b
    Examples:
      lifecycle-tui lessons export doom-loop
      lifecycle-tui lessons export doom-loop --format html > doom-loop.html
      lifecycle-tui lessons export doom-loop --worksheet --seed 7 -o sheet-7.html
      lifecycle-tui lessons export doom-loop --answers --seed 7 -o key-7.html
    """
    from lifecycle_tui.expressions import ExpressionError
    from lifecycle_tui.lessons.staging import RefusedError

    if worksheet and answers:
        raise click.UsageError("--worksheet and --answers are two files; write one at a time.")
    if kind == "markdown" and (worksheet or answers):
        option = "--worksheet" if worksheet else "--answers"
        raise click.UsageError(f"{option} is drawn, and Markdown draws nothing: --format html.")
    pack = _pack(folder)
    lesson = find_lesson(pack, name)
    try:
        if worksheet or answers:
            text = _sheet(pack, lesson, seed, filled=answers)
        else:
            text = _handout(lesson, seed, html=kind == "html")
    except RefusedError as error:
        return _tell([error.problem], exit_codes.CHECK_FAILED)
    except ExpressionError as error:
        click.echo(f"{lesson.file}: {error.message}; see: lifecycle-tui lessons test", err=True)
        return exit_codes.CHECK_FAILED
    return _write(text, output)


def _handout(lesson: Lesson, seed: int | None, *, html: bool) -> str:
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.lessons.handout import handout, handout_html

    with progress(f"running {lesson.id}"):
        return handout_html(lesson, seed) if html else handout(lesson, seed)


def _sheet(pack: Pack, lesson: Lesson, seed: int | None, *, filled: bool) -> str:
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.lessons.worksheets.making import make
    from lifecycle_tui.lessons.worksheets.page import page

    with progress(f"running {lesson.id}"):
        return page(make(lesson, pack.glossary, seed), filled=filled)


def _write(text: str, output: str) -> int:
    """Write a text to standard output, or a whole file."""
    from lifecycle_tui.files import reason, replacing
    from lifecycle_tui.units.text import quote

    content = text.encode()
    if output == STANDARD_OUTPUT:
        # As bytes: a page says itself that it is UTF-8, whatever the terminal speaks.
        click.echo(content if text.startswith("<!") else text, nl=False)
        return exit_codes.OK
    try:
        with replacing(Path(output)) as file:
            file.write(content)
    except OSError as error:
        click.echo(f"cannot write {quote(output, 200)}: {reason(error)}", err=True)
        return exit_codes.CHECK_FAILED
    click.echo(f"wrote {click.format_filename(output)}: {len(content) // 1000} kB", err=True)
    return exit_codes.OK


def _pack(folder: Path | None) -> Pack:
    from lifecycle_tui.lessons.pack import load_pack

    if folder is not None and not folder.is_dir():
        raise click.UsageError(f"there is no folder {click.format_filename(folder)}.")
    return load_pack(folder)


def _tell(problems: Iterable[Problem], status: int = exit_codes.INVALID_FILE) -> int:
    """Print problems, a line each; return the status if there is any, else 0."""
    told = [str(problem) for problem in problems]
    for line in told:
        click.echo(line, err=True)
    return status if told else 0
