"""A lesson as a worksheet: lanes without labels to fill in, and the same pages with all answers."""
