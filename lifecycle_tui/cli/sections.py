"""A command with so many options that its help tells them in sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click


class SectionedCommand(click.Command):
    """A command whose help puts a heading before some of its options.

    Args:
        sections: headings by the name of the parameter that stands first below each.
    """

    def __init__(self, *args: Any, sections: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._sections = sections

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, section by section."""
        heading = "Options"
        rows: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            if param.name in self._sections:
                self._write(formatter, heading, rows)
                heading, rows = self._sections[param.name], []
            record = param.get_help_record(ctx)
            if record is not None:
                rows.append(record)
        self._write(formatter, heading, rows)

    @staticmethod
    def _write(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)
