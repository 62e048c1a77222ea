"""Services to test against, each a process of its own."""
