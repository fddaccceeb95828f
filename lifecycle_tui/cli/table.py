"""The table of commands: where each is, and what the list of them says; none is loaded for that."""

from __future__ import annotations

from importlib import import_module
from typing import Final, NamedTuple

import click


class Entry(NamedTuple):
    """One command."""

    module: str
    """Its module in this package."""
    words: str
    """What it does, in the list of commands."""


SECTIONS: Final[dict[str, dict[str, Entry]]] = {
    "On the screen": {
        "home": Entry("learn", "the first screen: course, sandbox, scenarios"),
        "play": Entry("play", "open a scenario or a session"),
        "resume": Entry("sessions", "open the latest session as it was left, even after a crash"),
        "compare": Entry("compare", "two runs side by side, and where they part"),
    },
    "The course": {
        "learn": Entry("learn", "go on with the course, or open a lesson"),
        "review": Entry("learn", "answer again what you got wrong, with other numbers"),
        "progress": Entry("learned", "show, export, import or reset what you have done"),
        "lessons": Entry("lessons", "list, write, lint, prove and export lessons"),
    },
    "The classroom": {
        "present": Entry("present", "a lesson for a room: large, in few words, with votes"),
        "grade": Entry("grade", "score handed-in lessons by replaying them"),
        "serve": Entry("serve", "the program in browsers, a process for each visitor"),
        "walkthrough": Entry("walkthrough", "play, record, list and check walkthroughs"),
    },
    "Without a screen": {
        "simulate": Entry("simulate", "run a scenario: table, JSON, telemetry or log lines"),
        "explain": Entry(
            "explain", "why an event started as it did, and what would have changed it"
        ),
        "claim": Entry("claim", "look for the smallest scenario that breaks a claim"),
        "replay": Entry("sessions", "run a saved session again, byte for byte"),
        "permalink": Entry("sessions", "a session as one string that opens anywhere"),
        "export": Entry("export", "pictures and films of the screen"),
        "check": Entry("check", "validate scenarios, sessions and lessons"),
    },
    "What is known": {
        "facts": Entry("facts", "every rule with its source and dates"),
        "glossary": Entry("facts", "what a word means"),
        "cost": Entry("cost", "what a month of a function costs, by component"),
        "estimate": Entry("estimate", "what a load needs, by AWS's own formulas"),
    },
    "The program": {
        "keys": Entry("about", "every key of the main screen"),
        "doctor": Entry("about", "terminal, colours, versions: what to change"),
        "completion": Entry("about", "the script that completes commands in your shell"),
    },
}
"""Commands by the heading they stand under."""

_ENTRIES: Final = {name: entry for section in SECTIONS.values() for name, entry in section.items()}


class Commands(click.Group):
    """A group that loads a command when it is called, and lists all by section."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        """Return the names of all commands."""
        return list(_ENTRIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command; None if there is no such."""
        entry = _ENTRIES.get(cmd_name)
        if entry is None:
            return None
        found = getattr(import_module(f"lifecycle_tui.cli.{entry.module}"), cmd_name)
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a name that is none gets the nearest one told."""
        if args and args[0] not in _ENTRIES and not args[0].startswith("-"):
            from lifecycle_tui.scenario.problems import did_you_mean
            from lifecycle_tui.units.text import quote

            hint = did_you_mean(args[0], list(_ENTRIES))
            ctx.fail(f"there is no command {quote(args[0], 40)}{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the lists of commands."""
        width = max(map(len, _ENTRIES))
        for section, entries in SECTIONS.items():
            with formatter.section(section):
                rows = [(f"{name:<{width}}", entry.words) for name, entry in entries.items()]
                formatter.write_dl(rows)
