"""The claim checker: a claim goes in, a scenario that breaks it comes out."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from lifecycle_tui.claims.claim import Claim, ClaimError, read_claim
from lifecycle_tui.claims.myths import READY, Ready
from lifecycle_tui.claims.search import Cancelled, Found, NotFound, search
from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.claim_result import ClaimResult
from lifecycle_tui.tui.widgets.options import Options
from lifecycle_tui.units.text import format_count
from lifecycle_tui.units.translation import tr, tr_later

_WORK: Final = "claim"
_HINT: Final = tr_later("type a claim · Enter looks for a counterexample · Tab next · Esc closes")
_OPEN: Final = tr_later("Enter opens it as a session · Esc back to the claims")
_BACK: Final = tr_later("Esc back to the claims")
_LABELS: Final = {"claim": tr_later("Claim"), "given": tr_later("Given")}
_STOP: Final = tr_later("Esc stops the search")


class ClaimScreen(ModalScreen[Found | None]):
    """Asks for a claim and looks for a counterexample; dismissed with one that shall be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    DEFAULT_CSS: ClassVar[str] = """
    #claim-box {
        width: 100%; max-width: 110; height: 100%; padding: 0 1;
        background: $paper; color: $ink; border: round $mark;
    }
    #claim-box Static { width: 1fr; height: 1; }
    #claim-box Horizontal { height: 1; }
    #claim-box .label { width: 7; color: $mark; }
    #claim-box Input {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $raised; color: $ink;
    }
    #claim-box OptionList {
        height: auto; max-height: 11; margin-top: 1; border: none; padding: 0; background: $paper;
    }
    #claim-box.-answered OptionList { display: none; }
    #claim-box ClaimResult { margin-top: 1; }
    #claim-box.-ascii { border: ascii $mark; }
    """

    class Told(Message):
        """The search has got so far."""

        def __init__(self, ticket: int, runs: int, most: int) -> None:
            self.ticket = ticket
            self.runs = runs
            self.most = most
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest counts."""
            return isinstance(message, ClaimScreen.Told)

    class Searched(Message):
        """The search is over."""

        def __init__(self, ticket: int, result: Found | NotFound | str) -> None:
            self.ticket = ticket
            self.result = result
            super().__init__()

    def __init__(self, skin: Skin, claim: str = "", given: str = "") -> None:
        """Make the screen.

        Args:
            skin: the glyphs.
            claim: a claim to begin with; it is checked at once.
            given: its condition.
        """
        super().__init__()
        self._skin = skin
        self._claim = claim
        self._given = given
        self._ticket = 0
        """Counts searches: what an earlier one says is not listened to."""
        self.searching = False

    def compose(self) -> ComposeResult:
        """Show the claim, its condition, the claims that are ready made, and the result."""
        with Vertical(id="claim-box", classes="-ascii" if self._skin.ascii_only else ""):
            yield Static(
                Content.styled(tr("Is it so? A claim, and a scenario that breaks it"), "bold")
            )
            for name, value, example in (
                ("claim", self._claim, "all(inv, wait_ms < 20)"),
                ("given", self._given, tr("pc >= 2, or nothing")),
            ):
                with Horizontal():
                    yield Static(Content(tr(_LABELS[name])), classes="label")
                    box = Input(
                        value, placeholder=example, id=name, max_length=2_000, select_on_focus=False
                    )
                    box.cursor_blink = False
                    yield box
            yield Options(*(Option(_row(each), id=str(n)) for n, each in enumerate(READY)))
            yield ClaimResult(skin=self._skin, ident="result")
            yield Static(Content.styled(self._skin.text(tr(_HINT)), "dim"), id="hint")

    def on_mount(self) -> None:
        """Begin with the claim that was given, or with the ready ones."""
        self.query_one(OptionList).focus()
        if self._claim:
            self._begin()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a ready claim, and check it."""
        ready = READY[event.option_index]
        self.query_one("#claim", Input).value = ready.claim
        self.query_one("#given", Input).value = ready.given
        self._begin()

    def on_key(self, event: Key) -> None:
        """Let a claim be typed at once: what the list has no use for goes into the field."""
        if event.character and event.is_printable and isinstance(self.focused, OptionList):
            event.stop()
            box = self.query_one("#claim", Input)
            box.focus()
            box.insert_text_at_cursor(event.character)

    def on_input_submitted(self) -> None:
        """Check what was typed."""
        self._begin()

    def on_claim_result_opened(self) -> None:
        """Leave with the counterexample."""
        result = self.query_one(ClaimResult).result
        if isinstance(result, Found):
            self.dismiss(result)

    def action_back(self) -> None:
        """Stop the search, go back to the claims, or close."""
        if self.searching:
            self._stop()
            self._say(tr("The search was stopped."))
        elif self.query_one("#claim-box").has_class("-answered"):
            self._say("")
            self.query_one(OptionList).focus()
        else:
            self.dismiss(None)

    def _begin(self) -> None:
        """Read the claim and look for a counterexample."""
        self._stop()
        claim = self.query_one("#claim", Input).value
        given = self.query_one("#given", Input).value
        try:
            read = read_claim(claim, given)
        except ClaimError as error:
            self._refuse(error)
            return
        self._show_answer(answered=True)
        self.searching = True
        self.query_one(ClaimResult).say(tr("looking for a scenario that breaks it …"))
        self._hint(tr(_STOP))
        self._search(read, self._ticket)

    def _stop(self) -> None:
        self._ticket += 1
        self.searching = False
        self.workers.cancel_group(self, _WORK)

    @work(thread=True, exclusive=True, group=_WORK, exit_on_error=False)
    def _search(self, claim: Claim, ticket: int) -> None:
        worker = get_current_worker()
        result: Found | NotFound | str
        try:
            result = search(
                claim,
                progress=lambda runs, most: self.post_message(self.Told(ticket, runs, most)),
                cancelled=lambda: worker.is_cancelled,
            )
        except Cancelled:
            return
        except ExpressionError as error:
            result = tr("The claim cannot be checked: {message}", message=error.message)
        self.post_message(self.Searched(ticket, result))

    def on_claim_screen_told(self, message: Told) -> None:
        """Say how far the search is."""
        if message.ticket == self._ticket:
            runs, most = format_count(message.runs), format_count(message.most)
            words = tr(
                "looking for a scenario that breaks it … {runs} of {most} at most",
                runs=runs,
                most=most,
            )
            self.query_one(ClaimResult).say(words)

    def on_claim_screen_searched(self, message: Searched) -> None:
        """Show what came of it."""
        if message.ticket != self._ticket:
            return
        self.searching = False
        shown = self.query_one(ClaimResult)
        if isinstance(message.result, str):
            self._say(message.result)
            self.query_one("#claim", Input).focus()
            return
        shown.show(message.result)
        shown.focus()
        self._hint(tr(_OPEN) if isinstance(message.result, Found) else tr(_BACK))

    def _refuse(self, error: ClaimError) -> None:
        """Say what is wrong, and put the cursor there."""
        self._say(
            tr(
                "{part}, character {column}: {message}",
                part=tr(_LABELS[error.part]),
                column=error.error.column,
                message=error.error.message,
            )
        )
        box = self.query_one(f"#{error.part}", Input)
        box.focus()
        box.cursor_position = min(error.error.column - 1, len(box.value))

    def _say(self, words: str) -> None:
        """Say something below the claims."""
        self._show_answer(answered=False)
        self.query_one(ClaimResult).say(words, "refused")
        self._hint(tr(_HINT))

    def _show_answer(self, *, answered: bool) -> None:
        self.query_one("#claim-box").set_class(answered, "-answered")

    def _hint(self, words: str) -> None:
        self.query_one("#hint", Static).update(Content.styled(self._skin.text(words), "dim"))


def open_counterexample(app: App[object], found: Found | None) -> None:
    """Open a counterexample at its event, over the session that is played."""
    from lifecycle_tui.claims.written import scenario_text
    from lifecycle_tui.play.origin import Origin
    from lifecycle_tui.play.session import Note, Session
    from lifecycle_tui.tui.app import LifecycleApp

    if found is None or not isinstance(app, LifecycleApp):
        return
    moment_us = invocation_at(found.index, found.event).arrived_us
    session = Session(found.plan, scenario_name="counterexample", at_us=moment_us)
    session.origin = lambda: Origin("counterexample", scenario_text(found.plan))
    app.open_over(session, Note(tr("what breaks the claim · w says why · q back to your session")))


def _row(ready: Ready) -> Content:
    return Content.assemble(tr(ready.words), ("" if ready.myth else f"  {tr('(holds)')}", "dim"))
