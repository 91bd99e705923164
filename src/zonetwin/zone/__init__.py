"""Opens a zone and puts the parts together; one file per use case."""
