"""The HTTP door: one file per interface."""
