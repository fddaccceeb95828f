"""The course on screen: words that are links, the lesson's panel, and the way through lessons."""
