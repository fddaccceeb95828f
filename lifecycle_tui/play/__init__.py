"""The player and the session: the program's whole truth, without a screen."""
