"""The table of keys as text, JSON and a page: written from the table of actions alone.

Nothing of a screen is loaded for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from lifecycle_tui.tui.actions import ANSWERS, VERBS, Action, groups
from lifecycle_tui.tui.presenting.keys import FOLLOWING, GROUP, NOTES, PRESENTING, VOTING
from lifecycle_tui.units.translation import tr, tr_later

QUESTIONS: Final = tr_later("While a question is open")
COUNTING: Final = tr_later("While hands are counted")
HEAD: Final = """\
# Keys

<!-- Written by tools/keys.py; what you change here is lost. -->

Every key of the main screen. `?` shows them in the program, `lifecycle-tui keys` prints them.
A verb beside a key is what does the same in the [command language](commands.md), after `:` and in
`--plain`.
"""


def sections() -> dict[str, list[Action]]:
    """Return all actions by their heading, in order."""
    return {
        **groups(),
        QUESTIONS: list(ANSWERS),
        GROUP: list(PRESENTING),
        COUNTING: list(VOTING),
        NOTES: list(FOLLOWING),
    }


def verb_of(action: Action) -> str:
    """Return the verb of the command language that an action is; empty for none."""
    return VERBS.get(action.call.partition("(")[0], "")


def key_lines() -> Iterator[str]:
    """Yield the table as text."""
    found = sections()
    every = [action for actions in found.values() for action in actions]
    keys = max(len(action.shown) for action in every)
    titles = max(len(tr(action.title)) for action in every)
    for place, (heading, actions) in enumerate(found.items()):
        if place:
            yield ""
        yield tr(heading)
        for action in actions:
            yield f"  {action.shown:{keys}}  {tr(action.title):{titles}}  {tr(action.help)}"


def keys_json() -> str:
    """Return the table as one JSON object."""
    return json.dumps(
        {
            "format": 1,
            "keys": [
                {
                    "id": action.id,
                    "keys": list(action.keys),
                    "shown": action.shown,
                    "title": action.title,
                    "help": action.help,
                    "group": heading,
                    "verb": verb_of(action) or None,
                }
                for heading, actions in sections().items()
                for action in actions
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def page() -> str:
    """Return docs/keys.md."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD.rstrip("\n")
    for heading, actions in sections().items():
        yield ""
        yield f"## {heading}"
        yield ""
        yield "| key | does | | verb |"
        yield "|---|---|---|---|"
        for action in actions:
            keys = action.shown.replace("|", "\\|")
            code = f"`{keys}`" if "`" not in keys else keys
            verb = verb_of(action)
            told = f"[`{verb}`](commands.md#{verb})" if verb else ""
            yield f"| {code} | {action.title} | {action.help} | {told} |".replace("  |", " |")
