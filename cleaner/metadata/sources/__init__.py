"""Where a page says something of its article: one module for each kind of place, which yields candidates."""
