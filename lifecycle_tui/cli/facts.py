"""``lifecycle-tui facts`` and ``glossary``: what is known about Lambda, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.options import Date

if TYPE_CHECKING:
    from datetime import datetime

_THEMES = (
    "init", "invoke", "shutdown", "capacity", "sources", "snapstart", "billing", "logs",
    "observability", "simulator", "resources",
)  # fmt: skip
"""The names of ``export.facts.THEMES``, which ``--help`` does not load."""


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD]")
@click.option("--theme", type=click.Choice(_THEMES), help="One part of the catalogue.")
@click.option(
    "--provenance",
    type=click.Choice(["documented", "observed", "assumed"]),
    help="How it is known: AWS publishes it, somebody measured it, or it is assumed.",
)
@click.option(
    "--date", type=Date(with_time=False), metavar="DATE", help="Only what holds on this day."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def facts(
    words: tuple[str, ...],
    theme: str | None,
    provenance: str | None,
    date: datetime | None,
    as_json: bool,
) -> int:
    """List what the program knows about Lambda: each rule with its source and its dates.

    WORD is the id of a rule, or text that occurs in it; a † marks what AWS does not publish.

    \b
    Examples:
      lifecycle-tui facts
      lifecycle-tui facts INIT-09
      lifecycle-tui facts timeout --provenance documented
      lifecycle-tui facts --theme billing --date 2025-07-31
    """
    from lifecycle_tui.engine.rules import Provenance
    from lifecycle_tui.export.facts import fact_lines, facts_json
    from lifecycle_tui.export.facts import facts as chosen
    from lifecycle_tui.units.text import plural, quote

    found = chosen(
        " ".join(words),
        theme=theme,
        provenance=None if provenance is None else Provenance(provenance),
        date=None if date is None else date.date().isoformat(),
    )
    if as_json:
        click.echo(facts_json(found))
    else:
        for line in fact_lines(found):
            click.echo(line)
    if not found:
        sought = f" {quote(' '.join(words))}" if words else ""
        click.echo(f"no fact fits{sought}; all of them: lifecycle-tui facts", err=True)
        return exit_codes.CHECK_FAILED
    if not as_json and len(found) > 1:
        click.echo(f"\n{plural(len(found), 'fact')}; † AWS does not publish it")
    return exit_codes.OK


@click.command()
@click.argument("words", nargs=-1, metavar="[TERM]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def glossary(words: tuple[str, ...], as_json: bool) -> int:
    """Say what a word means, or list all words.

    \b
    Examples:
      lifecycle-tui glossary
      lifecycle-tui glossary suppressed init
      lifecycle-tui glossary RE-INIT --json
    """
    from lifecycle_tui.lessons.glossary import load_glossary
    from lifecycle_tui.lessons.glossary_text import glossary_json, glossary_list, term_lines
    from lifecycle_tui.units.text import quote

    all_words = load_glossary()
    word = " ".join(words)
    found = all_words.search(word) if words else all_words.terms
    if as_json:
        click.echo(glossary_json(found))
    elif not words:
        for line in glossary_list(found):
            click.echo(line)
    else:
        for place, term in enumerate(found):
            if place:
                click.echo()
            for line in term_lines(term):
                click.echo(line)
    if not found:
        near = all_words.near(word)
        hint = f"did you mean {quote(near)}?" if near else "all of them: lifecycle-tui glossary"
        click.echo(f"no term {quote(word)}; {hint}", err=True)
        return exit_codes.CHECK_FAILED
    return exit_codes.OK
