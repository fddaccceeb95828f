"""``lifecycle-tui grade``: what learners handed in, replayed and scored."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import Duration, Whole

_LEAST: Final = 80
_LIMIT_US: Final = 10_000_000
_LONGEST_US: Final = 600_000_000
_SECOND_US: Final = 1_000_000


@click.command()
@click.argument(
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
)
@click.option(
    "--lessons",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="A folder of lessons, instead of the course that comes with the program.",
)
@click.option(
    "--min",
    "least",
    type=Whole(0, 100),
    default=_LEAST,
    show_default=True,
    metavar="PERCENT",
    help="The score from which a submission passes.",
)
@click.option(
    "--limit",
    type=Duration(_LONGEST_US),
    default=_LIMIT_US,
    metavar="TIME",
    help="How long the replay of one submission may take.  [default: 10s]",
)
@click.option(
    "--junit",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write JUnit's XML there too, for CI.",
)
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object.")
def grade(
    folder: Path, lessons: Path | None, least: int, limit: int, junit: Path | None, as_object: bool
) -> int:
    """Replay the submissions (.lcs) in DIR and the folders in it, and score them.

    A learner makes one with: lifecycle-tui progress export --submission LESSON FILE.
    The score comes from what the replayed commands do in the simulator, and from nothing that
    the file says of itself. Exit status 1: one or more did not pass.

    \b
    Examples:
      lifecycle-tui grade submissions
      lifecycle-tui grade submissions --min 60 --junit grades.xml
      lifecycle-tui grade submissions --lessons my-course --json
    """
    from lifecycle_tui.cli.progress import progress
    from lifecycle_tui.files import write_privately
    from lifecycle_tui.lessons.grading.grades import Grade, Verdict
    from lifecycle_tui.lessons.grading.reports import as_json, as_junit, table_lines
    from lifecycle_tui.lessons.grading.workers import grades, submissions_in
    from lifecycle_tui.lessons.pack import lesson_files

    if lessons is not None and not lesson_files(lessons):
        raise click.UsageError(f"there is no lesson in {click.format_filename(lessons)}.")
    paths = submissions_in(folder)
    if not paths:
        shown = click.format_filename(folder)
        raise click.UsageError(f"there is no submission (a file .lcs) in {shown}.")
    found: list[Grade] = []
    with progress("grading", lambda: f" {len(found)} of {len(paths)}"):
        found.extend(grades(paths, folder, lessons, least=least, limit_s=limit / _SECOND_US))
    if junit is not None:
        write_privately(junit, as_junit(found))
    for line in [as_json(found, least)] if as_object else table_lines(found):
        click.echo(line)
    passed = all(each.verdict is Verdict.PASSED for each in found)
    return exit_codes.OK if passed else exit_codes.CHECK_FAILED
