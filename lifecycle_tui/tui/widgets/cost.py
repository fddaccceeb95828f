"""The cost pane: the bill so far, split by what the money went to, beside the latency it bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from lifecycle_tui.play.view import View
from lifecycle_tui.readings.cost_at import Bill, Part, Spent
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run
from lifecycle_tui.tui.widgets.prose import fit, padded
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.money import decimals, dollars
from lifecycle_tui.units.translation import tr, tr_later

NAME: Final = 15
MONEY: Final = 13
SHARE: Final = 6
AMOUNT: Final = 14
_WITH_AMOUNT: Final = 70
"""The width from which GB-seconds have a column."""

LOOKS: Final = {
    Part.INIT: "function-ink",
    Part.REINIT: "re-function-ink",
    Part.RESTORE: "extension-ink",
    Part.HANDLER: "handler-ink",
    Part.TAIL: "tail-ink",
    Part.PROVISIONED: "ready",
    Part.SNAPSTART: "ready",
    Part.REQUESTS: "plain",
    Part.STORAGE: "plain",
}
"""By part: the look of its bar, that of the phase in the lanes."""

_ALWAYS: Final = (Part.INIT, Part.REINIT, Part.HANDLER, Part.TAIL, Part.REQUESTS)
"""Parts that keep their row even while they cost nothing."""


def cost_lines(bill: Bill, *, width: int, height: int, skin: Skin) -> tuple[Line, ...]:
    """Return the pane's lines: what it comes to, what 1,000 events cost and wait, then the parts.

    Args:
        bill: what the run has cost.
        width: cells of a line.
        height: lines that can be seen.
        skin: the glyphs.
    """
    total = bill.total_usd
    lines = [_headline(bill, width), _worth(bill, width)]
    notes = list(_notes(bill, width))
    shown = [line for line in bill.lines if line.usd or line.part in _ALWAYS]
    if height > len(lines) + len(shown):
        lines.append(())
    places = decimals(total) if total else 2
    most = max((line.usd for line in shown), default=0.0)
    lines += [_part(line, (total, most), places, width, skin) for line in shown]
    for note in notes:
        if len(lines) < height:
            lines.append(note)
    return tuple(lines)


def _headline(bill: Bill, width: int) -> Line:
    total = dollars(bill.total_usd)
    if not bill.total_usd:
        return (Run(total, "strong"), Run(f" {tr('so far: nothing has been billed')}", "dim"))
    again = bill.share(Part.REINIT) > 0
    share = bill.share(Part.INIT, Part.REINIT)
    said = tr_later("{share:.0%} of this bill is Init")
    if again:
        said = tr_later("{share:.0%} of this bill is Init and re-init")
    words = f"  {tr(said, share=share)}"
    return (Run(total, "strong"), Run(fit(words, width - len(total)), "function-ink"))


def _worth(bill: Bill, width: int) -> Line:
    """Return the price of 1,000 events beside the latency that it buys."""
    per = bill.per_thousand_usd
    runs = [
        Run(f"{tr('1,000 events')} ", "dim"),
        Run("-" if per is None else dollars(per), "strong"),
        Run("  p99 ", "dim"),
        Run(_latency(bill.p99_us), "strong"),
        Run("  p50 ", "dim"),
        Run(_latency(bill.p50_us)),
    ]
    if width >= _WITH_AMOUNT:
        runs += [Run(f"  {tr('billed')} ", "dim"), Run(f"{bill.gb_seconds:,.3f} GB-s")]
    return tuple(runs)


def _latency(us: int | None) -> str:
    return "-" if us is None else format_duration(us)


def _part(line: Spent, of: tuple[float, float], places: int, width: int, skin: Skin) -> Line:
    """Return a part's row; ``of`` is the total, and the largest part, whose bar is the longest."""
    total, most = of
    share = line.usd / total if total else 0.0
    quiet = not line.usd
    runs = [
        Run(padded(tr(line.part.value), NAME), "dim" if quiet else "plain"),
        Run(
            f"{'-' if quiet else dollars(line.usd, places):>{MONEY}}", "dim" if quiet else "strong"
        ),
        Run(" " * (SHARE + 2) if quiet else f"{share:>{SHARE}.0%}  ", "plain"),
    ]
    room = width - NAME - MONEY - SHARE - 2
    if width >= _WITH_AMOUNT and not quiet:
        unit = "" if line.part is Part.REQUESTS else " GB-s"
        amount = f"{line.amount:,.0f}" if not unit else f"{line.amount:,.3f}{unit}"
        runs.append(Run(f"{amount:>{AMOUNT}}  ", "dim"))
        room -= AMOUNT + 2
    if room > 0 and not quiet:
        length = min(max(round(line.usd / most * room), 1), room)
        runs.append(Run(("#" if skin.ascii_only else "█") * length, LOOKS[line.part]))
    return tuple(runs)


def _notes(bill: Bill, width: int) -> Iterator[Line]:
    if width < _WITH_AMOUNT:
        yield (Run(f"{tr('billed')} ", "dim"), Run(f"{bill.gb_seconds:,.3f} GB-s"))
    if bill.unbilled_init_us:
        words = tr(
            "{length} of Init were free under these rules",
            length=format_duration(bill.unbilled_init_us),
        )
        yield (Run(fit(words, width), "dim"),)
    if bill.provisioned_use is not None:
        words = tr(
            "provisioned concurrency was in use {provisioned_use:.1%} of its time",
            provisioned_use=bill.provisioned_use,
        )
        yield (Run(fit(words, width), "dim"),)
    yield (Run(fit(tr("list prices of us-east-1, no free tier"), width), "dim"),)


class Cost(Painted, can_focus=True):
    """The bill at the cursor."""

    DEFAULT_CSS: ClassVar[str] = "Cost { overflow-y: auto; }"

    def show(self, view: View, _: int = 0) -> None:
        """Draw a view's bill."""
        if view.bill is None:
            return
        size = self.content_size
        self.lines = cost_lines(view.bill, width=size.width, height=size.height, skin=self.skin)
