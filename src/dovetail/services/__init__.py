"""Connectors for real services, one self-contained folder each."""
