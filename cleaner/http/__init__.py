"""Fetch pages politely and safely: one GET per page, robots.txt, limits, a cache, and many hosts concurrently."""
