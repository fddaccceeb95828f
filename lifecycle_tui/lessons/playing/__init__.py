"""A lesson that is played: which step, what is asked, what is reached. No screen, no clock."""
