"""Write docs/expressions.md: the expression language, and every table and field it can ask.

    python tools/expressions.py            writes the page
    python tools/expressions.py --check    exits 1 if it is stale

Functions come from ``lifecycle_tui.expressions``, fields from ``lifecycle_tui.readings.tables``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.claims.claim import SENT  # noqa: E402
from lifecycle_tui.claims.myths import READY  # noqa: E402
from lifecycle_tui.expressions.expression import DEFAULT_STEPS  # noqa: E402
from lifecycle_tui.expressions.functions import FUNCTIONS  # noqa: E402
from lifecycle_tui.expressions.lexing import LONGEST  # noqa: E402
from lifecycle_tui.readings.tables import CONCURRENCY, CONCURRENCY_ABOUT, INFOS  # noqa: E402
from lifecycle_tui.readings.tables.fields import Info  # noqa: E402
from tools.pages import run  # noqa: E402

PAGE: Final = ROOT / "docs" / "expressions.md"

HEAD: Final = f"""\
# Expressions

<!-- Written by tools/expressions.py; what you change here is lost. -->

One small language asks a run questions: in claims (`lifecycle-tui claim`), and in the checks,
answers and conditions of lessons. An expression is one line such as

    all(inv, wait_ms < 20) and count(env, kind == 'pc') == 2

Nothing in it is ever executed: it is read against a fixed list of what there is, and answers within
{DEFAULT_STEPS:,} steps. An expression has at most {LONGEST:,} characters.

## What there is

| write | for |
|---|---|
| `20`, `0.5`, `'cold'`, `true`, `false`, `none` | numbers, text in quotes, yes, no, nothing |
| `'20ms'`, `'3s'`, `'5m'` | a time: milliseconds beside a number, else text |
| `==` `!=` `<` `<=` `>` `>=`, `0 < wait_ms <= 20` | comparisons, also several in a row |
| `and` `or` `not`, `a if condition else b` | conditions |
| `+` `-` `*` `/` `//` `%` | arithmetic with numbers up to 10^15 |
| `start in ('cold', 'warm')`, `'e2' in env.id` | whether a list has it |
| `inv[0]`, `inv[-1]` | a row by its place, **from 0**: `inv[0]` is event 1, `inv[-1]` the last |
| `env['e1']`, `functions['web-api']`, `db['orders']` | a row by its name |
| `inv[0].start`, `first(inv, reinit).event` | a field of a row |
| `inv.wait_ms` | a field of all rows: a list |
| `row` | the row (or the item of a list) that a function is looking at |

In the second part of `any(inv, …)` and its like, a row's fields are named without a dot, and
shadow names outside. Where both are called the same, as `env` in `any(inv, env == 'e1')`, say
which: `row.env`. `lessons lint` rejects ambiguous names.

## Two nothings

- **None**: there is none, such as the Init Duration of a warm start. It equals `none` and differs
  from everything else; it is neither less nor more than anything.
- **Unknown**: there is no such row (`inv[9]`), or it cannot be known yet (the status of an event
  that has not arrived). What is asked of it is unknown too.

A condition that is unknown counts as not fulfilled, and so does its opposite. `all`, `any` and
`count` pass over rows for which the condition is unknown. Nothing comes of a division by zero.

In a lesson an expression sees the run at the cursor, and nothing that comes later.

## Functions

| write | gives |
|---|---|
"""

UNITS: Final = (
    "Moments (`t_…`) and lengths (`…_ms`) are milliseconds; moments count from the start."
)


def page() -> str:
    """Return the whole page."""
    lines = [HEAD.rstrip("\n")]
    lines += [f"| `{each.usage}` | {each.meaning} |" for each in FUNCTIONS.values()]
    lines += ["", "## Names", "", UNITS]
    for info in INFOS:
        lines += ["", *_section(info)]
    lines += ["", f"### {CONCURRENCY}", "", f"A list: {CONCURRENCY_ABOUT}."]
    lines += ["", *_claims()]
    return "\n".join(lines) + "\n"


def _claims() -> Iterator[str]:
    """Yield what only claims and their conditions can name, and the claims that come with it."""
    yield "## Claims"
    yield ""
    yield (
        "`lifecycle-tui claim CLAIM --given CONDITION` looks for the smallest scenario that meets"
        " the condition and breaks the claim: a claim is broken where it comes to no, not where it"
        " is unknown. A claim can also name `sent`. A condition can name that, `events` (how many"
        " are sent), the settings of `cfg` without `cfg.`, and everything else: what came of a"
        " scenario then decides whether it counts."
    )
    yield ""
    yield from _section(SENT)
    yield ""
    yield "These come ready made (`lifecycle-tui claim --list`):"
    yield ""
    yield "| in words | claim | given | |"
    yield "|---|---|---|---|"
    for each in READY:
        given = f"`{each.given}`" if each.given else ""
        yield f"| {each.words} | `{each.claim}` | {given} | {'a myth' if each.myth else 'holds'} |"


def _section(info: Info[Any]) -> Iterator[str]:
    yield f"### {info.name}"
    yield ""
    yield f"{info.about[0].upper()}{info.about[1:]}."
    if info.name == "functions":
        return
    yield ""
    yield "| field | unit | meaning |"
    yield "|---|---|---|"
    for field in info.fields:
        yield f"| `{field.name}` | {field.unit} | {field.meaning} |"


def main(words: Sequence[str] | None = None) -> int:
    """Write the page or check it; return the exit status."""
    return run("expressions", PAGE, page, words)


if __name__ == "__main__":
    sys.exit(main())
