"""Records kept in sync with outside services."""
