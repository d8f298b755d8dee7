"""Turn what the caller names into a stream of inputs: URLs, files, folders, lists, JSON lines, web archives."""
