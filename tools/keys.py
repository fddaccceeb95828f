"""Write docs/keys.md: every key of the main screen.

    python tools/keys.py            writes the page
    python tools/keys.py --check    exits 1 if it is stale

The page comes from the table of actions (``lifecycle_tui.tui.actions``).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.tui.keys import page  # noqa: E402

PAGE: Final = ROOT / "docs" / "keys.md"


def main() -> int:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if stale")
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print(f"{PAGE.relative_to(ROOT)} is stale: run python tools/keys.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
