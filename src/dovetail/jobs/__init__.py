"""Work in the background that is never lost."""
