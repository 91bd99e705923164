"""Features as they are drawn: tiles and styles."""
