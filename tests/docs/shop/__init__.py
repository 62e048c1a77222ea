"""A web shop: the app of their own that the pages suppose their readers to have."""
