"""Pure functions on arrays, tables and graphs; nothing here can see a database."""
