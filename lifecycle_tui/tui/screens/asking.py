"""Questions on the main screen: predictions ask the user, and the user asks what words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lifecycle_tui.tui import actions
from lifecycle_tui.tui.screens.comparing import Comparing
from lifecycle_tui.tui.widgets.painted import Painted
from lifecycle_tui.tui.widgets.why import Why

if TYPE_CHECKING:
    from lifecycle_tui.tui.learning.links import Links

ANSWER_ACTIONS: Final = frozenset(action.call.partition("(")[0] for action in actions.ANSWERS)
"""Actions of a question's keys."""


class Asking(Comparing):
    """A stage that asks, and can be asked what words mean."""

    links: Links | None = None
    """Words of the glossary; None until one was asked for."""

    # Predictions.

    async def action_predict(self) -> None:
        """Switch predictions on or off."""
        if self.predicting is None:
            from lifecycle_tui.tui.predicting import Predicting

            self.predicting = Predicting(self)
            await self.mount(self.predicting.widget, before="#note")
        self.did(self.predicting.toggle())
        # How much room it has is known from now on only.
        self.call_after_refresh(self.publish)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of a question act only while there is one."""
        if action in ANSWER_ACTIONS:
            asks = self.predicting
            told = action == "predict_skip" and asks is not None and asks.is_told
            return told or (asks is not None and asks.is_open)
        return super().check_action(action, parameters)

    def action_predict_choose(self, number: int) -> None:
        """Choose an option."""
        if self.predicting is not None:
            self.predicting.choose(number)

    def action_predict_sure(self, confidence: str) -> None:
        """Answer, and say how sure."""
        if self.predicting is not None:
            self.predicting.sure(confidence)

    def action_predict_skip(self) -> None:
        """Let the question go, or take the verdict away."""
        if self.predicting is not None:
            self.predicting.skip()

    def action_predict_go_on(self) -> None:
        """Let the question go, and time pass."""
        self.action_predict_skip()

    # Words.

    def load_links(self) -> Links:
        """Return the words of the glossary; they are read when they are first asked for."""
        if self.links is None:
            from lifecycle_tui.lessons.glossary import load_glossary
            from lifecycle_tui.tui.learning.links import Links

            self.links = Links(load_glossary())
        return self.links

    def link_words(self) -> None:
        """Let words of explanations be links."""
        self.query_one(Why).link(self.load_links())

    def on_why_wondered(self, message: Why.Wondered) -> None:
        """Say what a word means."""
        self.show_glossary(message.term)

    def action_glossary(self) -> None:
        """Say what words mean, those on screen first."""
        self.link_words()
        self.show_glossary()

    def show_glossary(self, term: str = "") -> None:
        """Show the glossary.

        Args:
            term: the word that is asked for; empty: the first one on screen.
        """
        from lifecycle_tui.tui.learning.links import terms_on
        from lifecycle_tui.tui.screens.glossary import GlossaryScreen

        shown = [widget for widget in self.query(Painted) if widget.region]
        here = terms_on(line for widget in shown for line in widget.lines)
        self.app.push_screen(GlossaryScreen(self.load_links().glossary, here, term, self.skin))
