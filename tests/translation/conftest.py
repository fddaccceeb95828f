"""What tests of languages share."""

from __future__ import annotations

from tests.tui.conftest import _quick

__all__ = ["_quick"]
