"""People connect accounts on outside services."""
