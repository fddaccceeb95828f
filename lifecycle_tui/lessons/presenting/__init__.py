"""A lesson that is presented to a room: slides, votes and the way through them. No screen."""
