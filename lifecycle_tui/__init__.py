"""lifecycle-tui: see how AWS Lambda's execution environments live."""

from typing import Final

__version__: Final = "0.1.0"
