"""Targets and how they are judged."""
