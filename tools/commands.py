"""Write docs/commands.md: every verb of the command language, its keys and examples.

    python tools/commands.py            writes the page
    python tools/commands.py --check    exits 1 if it is stale

The page comes from the table of verbs (``lifecycle_tui.language.grammar``).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.language.page import page  # noqa: E402
from tools.pages import run  # noqa: E402

PAGE: Final = ROOT / "docs" / "commands.md"


def main(words: Sequence[str] | None = None) -> int:
    """Write the page, or check it; return the exit status."""
    return run("commands", PAGE, page, words)


if __name__ == "__main__":
    sys.exit(main())
