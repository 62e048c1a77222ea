"""The hub: its folder, its database, its way in."""
