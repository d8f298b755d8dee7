"""Fetching pages, politely and safely: one GET a page, robots.txt, limits, a cache, and many hosts at a time."""
