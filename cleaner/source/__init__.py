"""Where pages come from: URLs, files, folders, JSON lines."""
