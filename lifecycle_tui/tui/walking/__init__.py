"""Walkthroughs on the screen: their caption, and playing one unseen for tests."""
