"""The ready-made project."""
