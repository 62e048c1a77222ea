"""What Dovetail costs beside its peers, measured side by side in one run: ``make bench``."""
