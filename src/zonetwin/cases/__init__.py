"""Everything that moves: declared flows, cases, moves, quantities."""
