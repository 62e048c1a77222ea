"""What the documents show a reader doing works."""
