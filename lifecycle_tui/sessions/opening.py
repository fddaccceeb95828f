"""Opening whatever a person names: a session file, a permalink, or a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from lifecycle_tui.play.origin import Origin
from lifecycle_tui.sessions.layout import LARGEST, MAGIC, is_permalink
from lifecycle_tui.sessions.saved import Saved, normal
from lifecycle_tui.units.text import clean

SUFFIX: Final = ".lcs"
_LONGEST_PATH: Final = 4_096


def is_session(which: str) -> bool:
    """Whether a command line names a session: a permalink, or a file that begins as one."""
    if is_permalink(which):
        return True
    if len(which) > _LONGEST_PATH or "\0" in which or not Path(which).is_file():
        return False
    if which.endswith(SUFFIX):
        return True
    with Path(which).open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC.encode("ascii")


def open_session(which: str) -> Saved:
    """Return the session of a file or of a permalink.

    Raises:
        ScenarioError: what is wrong with it.
        OSError: it cannot be read.
    """
    from lifecycle_tui.sessions.permalink import parse_permalink
    from lifecycle_tui.sessions.reading import parse_session

    if is_permalink(which):
        return parse_permalink(which)
    path = Path(which)
    if path.exists() and not path.is_file():
        raise OSError(0, "it is no regular file")
    with path.open("rb") as file:
        return parse_session(file.read(LARGEST + 1_001), clean(which))


def open_scenario(which: str, seed: int | None = None, overrides: Sequence[str] = ()) -> Saved:
    """Return a scenario as a session in which nothing has been done.

    Args:
        which: a path, ``-`` for standard input, or the name of a shipped scenario.
        seed: another seed than the file's.
        overrides: values written over it, as ``web-api.timeout=5s``.

    Raises:
        UnknownScenarioError: there is no such thing.
        ScenarioError: there is, and it is wrong.
        OSError: it cannot be read.
    """
    from lifecycle_tui.scenario.build import read_source
    from lifecycle_tui.scenario.catalogue import locate

    source = read_source(locate(which))
    plan = source.plan(overrides)
    name = "standard input" if which == "-" else clean(PurePath(which).name, 60)
    origin = Origin(name, normal(source.data.decode("utf-8")), tuple(overrides))
    return Saved.fresh(origin, plan if seed is None else replace(plan, seed=seed))
