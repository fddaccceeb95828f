"""What a search for a counterexample found: a scenario file with its story in comments, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lifecycle_tui.claims.search import Found, NotFound
from lifecycle_tui.claims.words import NOT_REFUTED, REFUTED, effort, verdict
from lifecycle_tui.claims.written import scenario_text
from lifecycle_tui.export.explanation import explanation_lines, explanation_object
from lifecycle_tui.export.jsonfile import FORMAT, invocation_object
from lifecycle_tui.export.table import table_lines
from lifecycle_tui.readings.invocations import invocations
from lifecycle_tui.readings.why import why_event


def claim_lines(result: Found | NotFound) -> Iterator[str]:
    """Yield the text of a result.

    A counterexample is a scenario file, which ``play -`` and ``simulate -`` read: what happens and
    why are its comments.
    """
    if isinstance(result, NotFound):
        yield f"Claim    {_asked(result)}"
        yield verdict(result)
        yield ""
        yield from effort(result)
        return
    yield f"# Claim: {_asked(result)}"
    yield f"# {verdict(result)}"
    yield ""
    yield from scenario_text(result.plan).splitlines()
    yield ""
    # Without the title, which stands above.
    for line in list(table_lines(result.run))[1:]:
        yield f"# {line}".rstrip()
    yield "#"
    explanation = why_event(result.index, result.event)
    for line in explanation_lines(explanation, result.plan.rules_date):
        yield f"# {line}".rstrip()


def claim_json(result: Found | NotFound) -> str:
    """Return a result as one JSON object."""
    claim, given = result.claim.claim.text, result.claim.given
    found: dict[str, Any] = {
        "format": FORMAT,
        "claim": claim,
        "given": None if given is None else given.text,
        "verdict": REFUTED if isinstance(result, Found) else NOT_REFUTED,
        "words": verdict(result),
        "runs": result.runs,
    }
    if isinstance(result, Found):
        found |= {
            "event": result.event,
            "scenario": scenario_text(result.plan),
            "invocations": [
                invocation_object(result.plan, each) for each in invocations(result.index)
            ],
            "why": explanation_object(why_event(result.index, result.event), result.event),
        }
    else:
        found |= {
            "met": result.met,
            "answered": result.answered,
            "by_events": dict(result.by_events),
            "exhausted": result.exhausted,
            "varied": list(effort(result)),
        }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _asked(result: Found | NotFound) -> str:
    given = result.claim.given
    claim = " ".join(result.claim.claim.text.split())
    return claim if given is None else f"{claim}, given {' '.join(given.text.split())}"
