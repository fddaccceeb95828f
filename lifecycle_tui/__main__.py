"""``python -m lifecycle_tui``: the same as the ``lifecycle-tui`` command."""

import sys

if __name__ == "__main__":
    from lifecycle_tui.cli import main

    sys.exit(main())
