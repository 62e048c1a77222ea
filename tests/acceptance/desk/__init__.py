"""An application of its own that keeps a tracker's issues as its tickets."""
