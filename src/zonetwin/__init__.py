"""zonetwin turns a district's action plan into a running system."""

__version__ = "0.1.0"
