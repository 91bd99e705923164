"""Print the description of our interface: `python -m zonetwin.api.openapi`. The web interface's types come from it."""

import json
import sys

from zonetwin.api.server import routed_app


def described() -> str:
    """Give the OpenAPI document as text, the same for the same code."""
    return json.dumps(routed_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(described())
