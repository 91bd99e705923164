"""Figures beside peers measured in the same run: `python -m benchmarks.NAME [--quick] [--json]`."""
