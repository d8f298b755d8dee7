"""The articles that a site names itself, in its feeds and news sitemaps."""
