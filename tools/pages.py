"""Writing a page of docs/, or checking that it is current: what the tools of pages share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path


class PageError(Exception):
    """What a page is made of is wrong; its words say how."""


def run(
    tool: str,
    page: Path,
    text: Callable[[], str],
    words: Sequence[str] | None = None,
    problems: Callable[[], Iterable[str]] = tuple,
) -> int:
    """Write a page, or check it; return the exit status.

    Args:
        tool: the script's name, as ``keys`` for ``python tools/keys.py``.
        page: the page's file, in docs/.
        text: what is to be in it.
        words: the command line; the process's own if None.
        problems: what else is wrong, a line each.
    """
    parser = argparse.ArgumentParser(description=f"Write {page.name}: python tools/{tool}.py")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if not right")
    check = parser.parse_args(words).check
    name = f"{page.parent.name}/{page.name}"
    try:
        wanted, found = text(), list(problems())
    except PageError as error:
        print(error, file=sys.stderr)
        return 1
    if not check:
        page.parent.mkdir(exist_ok=True)
        page.write_text(wanted, encoding="utf-8")
        print(name)
    elif not page.is_file() or page.read_text(encoding="utf-8") != wanted:
        found.append(f"{name} is stale: run python tools/{tool}.py")
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0
