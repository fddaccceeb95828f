"""An explanation as text or JSON: the chain of causes, and the rules it stands on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lifecycle_tui.engine.rules import RULES, in_force
from lifecycle_tui.export.hanging import hanging
from lifecycle_tui.export.jsonfile import ms
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.readings.words import DAGGER
from lifecycle_tui.units.translation import tr

if TYPE_CHECKING:
    from lifecycle_tui.play.contrasts import Contrast


def explanation_lines(
    explanation: Explanation, rules_date: str, contrasts: Sequence[Contrast] = ()
) -> Iterator[str]:
    """Yield the question, its answer, the causes back to an input, contrasts, and the rules.

    Args:
        explanation: what was asked and found.
        rules_date: the ISO date whose rules were in force.
        contrasts: what would have made the difference.
    """
    yield explanation.question
    yield explanation.answer
    yield ""
    times = [f"{cause.time_us / 1_000_000:,.3f} s" for cause in explanation.causes]
    width = max(map(len, times), default=0)
    for place, (cause, time) in enumerate(zip(explanation.causes, times, strict=True), start=1):
        words = cause.words
        words += f" {DAGGER}" if cause.assumed and DAGGER not in words else ""
        words += f" [{', '.join(cause.rules)}]" if cause.rules else ""
        head = f"{place:>3}. {time:>{width}}  "
        yield from hanging(words, head, " " * len(head))
    if contrasts:
        yield ""
        yield tr("What would have made the difference")
    for contrast in contrasts:
        yield from hanging(contrast.words, "  ", "      ")
    rules = in_force(explanation.rules, rules_date)
    if rules:
        yield ""
        yield tr("Rules")
    for rule in rules:
        mark = f" {DAGGER}" if rule.assumed else ""
        words = f"{rule.id}{mark}  {tr(rule.statement)} ({tr(str(rule.provenance))}: {rule.source})"
        yield from hanging(words, "  ", "      ")


def explanation_json(
    explanation: Explanation, event: int, contrasts: Sequence[Contrast] = ()
) -> str:
    """Return the explanation of an event as one JSON object."""
    found = explanation_object(explanation, event, contrasts)
    return json.dumps(found, ensure_ascii=False, indent=1)


def explanation_object(
    explanation: Explanation, event: int, contrasts: Sequence[Contrast] = ()
) -> dict[str, Any]:
    """Return the explanation of an event as JSON has it.

    A contrast's event and time are those of the run in which it made the difference.
    """
    return {
        "format": 1,
        "event": event,
        "question": explanation.question,
        "answer": explanation.answer,
        "causes": [
            {
                "record": cause.record,
                "time": ms(cause.time_us),
                "words": cause.words,
                "rules": list(cause.rules),
                "assumed": cause.assumed,
            }
            for cause in explanation.causes
        ],
        "rules": [
            {
                "id": rule.id,
                "statement": rule.statement,
                "provenance": rule.provenance,
                "source": rule.source,
            }
            for rule in (RULES[each] for each in explanation.rules)
        ],
        "contrasts": [
            {
                "words": contrast.words,
                "condition": contrast.condition,
                "result": contrast.result.lower(),
                "event": contrast.event,
                "time": ms(contrast.time_us),
                "assumed": contrast.assumed,
            }
            for contrast in contrasts
        ],
    }
