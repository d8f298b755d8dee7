"""Find the articles that sites list in their feeds and sitemaps."""
