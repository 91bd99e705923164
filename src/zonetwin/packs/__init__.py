"""Declarations: what a pack may say, how it is read and how it is checked."""
