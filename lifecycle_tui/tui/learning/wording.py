"""What is said of the course in more than one place."""

from __future__ import annotations

from typing import Final

NOTHING_TO_REVIEW: Final = "nothing to review: no question is open that you got wrong"
