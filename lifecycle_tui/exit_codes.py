"""What a command's exit status means."""

from typing import Final

OK: Final = 0
CHECK_FAILED: Final = 1
USAGE: Final = 2
INVALID_FILE: Final = 3
FAULT: Final = 70
"""The program was stopped by a fault of its own (``EX_SOFTWARE``)."""
INTERRUPTED: Final = 130
