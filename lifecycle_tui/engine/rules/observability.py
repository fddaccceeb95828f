"""Rules of observability: X-Ray's segments, and the credentials that an environment holds."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented

RULES: Final[tuple[Rule, ...]] = (
    documented(
        "XRAY-01",
        "A traced request has two segments: AWS::Lambda for the service, which prepares the"
        " environment, and AWS::Lambda::Function for the work.",
        pages.XRAY,
        value="2 segments",
    ),
    documented(
        "XRAY-02",
        "The function's segment holds Initialization, Invocation and Overhead, and with SnapStart"
        " Restore.",
        pages.XRAY,
    ),
    documented(
        "XRAY-03",
        "Invocation begins with the registration of runtime and extensions and ends with the"
        " response; a re-init is inside it.",
        pages.XRAY,
    ),
    documented(
        "XRAY-04",
        "Initialization appears only with the first event of an environment; if Init ran ahead of"
        " it, a gap follows.",
        pages.XRAY,
    ),
    assumed(
        "XRAY-05",
        "The service's segment ends with the response; the function's is Invoke up to the last"
        " extension's end, which Overhead includes, and not Init.",
        "AWS shows the segments in pictures and does not say where exactly they begin and end",
    ),
    documented(
        "IAM-01",
        "Lambda assumes the function's execution role and gives its code temporary credentials.",
        pages.ROLE,
    ),
    assumed(
        "IAM-02",
        "An environment's credentials are issued when it is created and stay the same as long as"
        " it lives.",
        "AWS does not say how long they hold; people saw them unchanged from event to event",
    ),
)
