"""``python -m lifecycle_tui``: the same as the ``lifecycle-tui`` command."""

import sys

from lifecycle_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
