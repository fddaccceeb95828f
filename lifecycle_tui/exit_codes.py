"""What a command's exit status means."""

from typing import Final

OK: Final = 0
CHECK_FAILED: Final = 1
USAGE: Final = 2
INVALID_FILE: Final = 3
INTERRUPTED: Final = 130
