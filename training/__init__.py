"""Fits the weights of `cleaner.judge.scorer` to pages with gold text. Not needed at run time."""
