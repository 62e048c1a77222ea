"""The numbered scenarios of the walking product, on real processes, databases, services and a real browser."""
