"""Find the articles that a site lists in its feeds and news sitemaps."""
