"""``keys``, ``completion`` and ``doctor``: the program about itself, and about where it runs."""

from __future__ import annotations

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.language import language_option, speak_in


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@language_option
def keys(as_json: bool, language: str) -> int:
    """List every key of the main screen, and what it does.

    \b
    Examples:
      lifecycle-tui keys
      lifecycle-tui keys --json
    """
    from lifecycle_tui.tui.keys import key_lines, keys_json

    if as_json:
        click.echo(keys_json())
    else:
        speak_in(language)
        for line in key_lines():
            click.echo(line)
    return exit_codes.OK


_INSTALL = {
    "bash": 'put this into ~/.bashrc:  eval "$({} completion bash)"',
    "zsh": 'put this into ~/.zshrc, behind compinit:  eval "$({} completion zsh)"',
    "fish": "write it to a file:  {0} completion fish > ~/.config/fish/completions/{0}.fish",
}
"""How each shell gets its script."""


@click.command()
@click.argument("shell", type=click.Choice(list(_INSTALL)))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the script that lets SHELL complete commands, options, scenarios and lessons.

    A remark at its beginning says how to install it.

    \b
    Examples:
      eval "$(lifecycle-tui completion bash)"
      lifecycle-tui completion fish > ~/.config/fish/completions/lifecycle-tui.fish
    """
    from click.shell_completion import get_completion_class

    from lifecycle_tui.cli import COMPLETION

    root = context.find_root()
    name = root.info_name or root.command.name or ""
    made = get_completion_class(shell)
    assert made is not None, "click knows all three"
    script = made(root.command, {}, name, COMPLETION)
    first, *rest = (script.source_template % script.source_vars()).strip("\n").split("\n")
    told = [f"# {_INSTALL[shell].format(name)}", first]
    # What zsh loads by itself has to begin with its own mark.
    for line in (told[::-1] if first.startswith("#compdef") else told) + rest:
        click.echo(line)
    return exit_codes.OK


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@language_option
def doctor(as_json: bool, language: str) -> int:
    """Look at where the program runs: the terminal, the locale, versions, what it keeps.

    A line for each thing that was looked at; one that begins with warn says what to change.

    \b
    Exit status: 0 all is well, 1 something is to be changed.

    \b
    Examples:
      lifecycle-tui doctor
      lifecycle-tui doctor --json
    """
    from lifecycle_tui.doctor import examine, finding_lines, findings_json

    # What programs read stays as it is in any language.
    if not as_json:
        speak_in(language)
    found = examine()
    if as_json:
        click.echo(findings_json(found))
    else:
        for line in finding_lines(found):
            click.echo(line)
    return exit_codes.OK if all(each.is_well for each in found) else exit_codes.CHECK_FAILED
