"""The metadata of an article, read from the same tree by separate code. The modules are imported by their own names."""
