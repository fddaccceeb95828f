"""A list to choose from that bears keys before it has its place on the screen."""

from __future__ import annotations

from textual.widgets import OptionList


def has_place(options: OptionList) -> bool:
    """Whether a list has rows yet; Textual's page keys end the program where it has none."""
    return bool(options.scrollable_content_region)


class Options(OptionList):
    """A list whose page keys wait until it has rows."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let pages be turned where there are any."""
        if action in ("page_up", "page_down") and not has_place(self):
            return False
        return super().check_action(action, parameters)
