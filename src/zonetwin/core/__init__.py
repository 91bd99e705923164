"""The words every other part uses: errors, texts, time, units, space, kinds and sources."""
