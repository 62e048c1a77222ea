"""The shared look of all pages."""
