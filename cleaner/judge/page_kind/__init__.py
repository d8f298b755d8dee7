"""The kind of a page that is not an article. Import the modules by name."""
