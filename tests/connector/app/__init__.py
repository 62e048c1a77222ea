"""An application with records of its own that are kept in sync."""
