"""Fits the learned weights in `cleaner.judge` to pages with gold text. Not needed at run time."""
