"""`python -m zonetwin` is the command line."""

from zonetwin.cli import main

main()
