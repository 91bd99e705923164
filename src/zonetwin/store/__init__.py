"""The ground: the record, its changes, the states analysis runs on."""
