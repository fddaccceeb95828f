"""The page of the language, docs/commands.md: written from the table of verbs alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lifecycle_tui.language import keys
from lifecycle_tui.language.grammar import VERBS, Verb

HEAD: Final = """\
# Commands

<!-- Written by tools/commands.py; what you change here is lost. -->

One language for everything that is done to a session: what keys do, what is typed after `:`, what
session files hold and what lessons carry out. A line is a verb and its arguments:

    fire web-api count=10 over=2s source=s3 outcome=error

- An argument is `key=value`. Where a value may stand without its key, the line under the verb
  shows it without one: `burst 5` is `burst count=5`.
- `function` may always be left out: a line then means the function that the keys act on. The
  name of a function may stand without its key (`fire web-api`), unless it could be read as
  something else.
- Values are those of scenario files: durations and sizes with a unit (`250ms`, `1.5s`, `1GB`),
  rates (`0.9/s`), and in brackets whatever has parts (`duration={uniform: [100ms, 2s]}`). The
  keys of inner mappings are written with a dot (`init.function=2s`).
- A line is read by the same rules as an entry of a scenario's `timeline`, against what is
  configured at the cursor: what AWS would refuse there is refused here, with the same words and
  the column.
- `set only …` (and `restart only …`) changes what is written and nothing that would follow from
  it, such as the init times that come with a runtime. Session files need it; people hardly
  ever.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    yield "| verb | does |"
    yield "|---|---|"
    for verb in VERBS:
        yield f"| [`{verb.word}`](#{verb.word}) | {_cell(verb.help)} |"
    group = ""
    for verb in VERBS:
        if verb.group != group:
            group = verb.group
            yield ""
            yield f"## {group}"
        yield ""
        yield from _verb(verb)
    yield ""
    yield "## Settings of a function"
    yield ""
    yield "The keys of `set` and `restart`. `autoscaling` can be written in a scenario only."
    yield ""
    yield from _table(keys.SETTINGS)


def _verb(verb: Verb) -> Iterator[str]:
    yield f"### {verb.word}"
    yield ""
    yield f"    {verb.usage}"
    yield ""
    yield f"{verb.help[0].upper()}{verb.help[1:]}."
    own = [key for key in verb.keys if key not in keys.SETTINGS]
    if own:
        yield ""
        yield from _table(own)
    if len(own) < len(verb.keys):
        yield ""
        yield "And every [setting of a function](#settings-of-a-function)."
    yield ""
    yield "Examples:"
    yield ""
    yield from (f"    {example}" for example in verb.examples)


def _table(told: tuple[keys.Key, ...] | list[keys.Key]) -> Iterator[str]:
    yield "| key | value | means |"
    yield "|---|---|---|"
    for key in told:
        yield f"| `{key.name}` | `{_cell(key.value)}` | {_cell(key.help)} |"


def _cell(text: str) -> str:
    """Return text that stays within a cell of a table."""
    return text.replace("|", "\\|")
