"""What each page supposes, and what must be so when it was read."""
