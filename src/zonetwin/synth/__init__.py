"""A seeded canal district whose truth is known by construction."""
