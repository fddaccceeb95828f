"""What the project does to itself: programs for a checkout, not for the wheel."""
