"""What a session does, as values: one class for each verb that is no command to Lambda."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.plan import Command


@dataclass(frozen=True, slots=True)
class Seek:
    """Go to a moment."""

    at_us: int


@dataclass(frozen=True, slots=True)
class Step:
    """Go on to the next happening."""


@dataclass(frozen=True, slots=True)
class Back:
    """Go back to the previous happening."""


@dataclass(frozen=True, slots=True)
class Play:
    """Let time pass."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop it."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Choose how fast time passes, in virtual seconds for each of ours."""

    factor: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Let virtual time pass, at once."""

    for_us: int


@dataclass(frozen=True, slots=True)
class WaitUntilIdle:
    """Let virtual time pass until nothing is busy."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Let virtual time pass until an expression holds."""

    expression: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last command back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Bring it back."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Begin a fork at the cursor."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """Show another fork."""

    name: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Call the fork that is shown otherwise."""

    name: str


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete a fork."""

    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Set a bookmark at the cursor."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Explain:
    """Say why an event went as it did; without a number, why the latest happening came about."""

    event: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Run the same story by the rules of another date."""

    date: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Begin again from 0, in a fork, with a function configured otherwise.

    Attributes:
        function: whose settings.
        changes: fields of FunctionPlan and their values; none where only the story begins again.
        keep: whether everything done so far is done again.
        name: what the fork is called.
    """

    function: int = 0
    changes: tuple[tuple[str, object], ...] = ()
    keep: bool = True
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Save:
    """Write the session to a file."""

    file: str


@dataclass(frozen=True, slots=True)
class Load:
    """Open a session file or a permalink."""

    file: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Look for a scenario that refutes a claim."""

    text: str


@dataclass(frozen=True, slots=True)
class Help:
    """Say what can be written."""

    topic: str = ""


SessionVerb = (
    Seek | Step | Back | Play | Pause | Speed | Wait | WaitUntilIdle | WaitUntil | Undo | Redo
    | Fork | Switch | Rename | Delete | Restart | Rules | Mark | Explain | Save | Load | Claim
    | Help
)  # fmt: skip
Statement = Command | SessionVerb
"""What a line says."""

LONGEST_LINE: Final = 20_000
"""Characters of a line, at most."""
