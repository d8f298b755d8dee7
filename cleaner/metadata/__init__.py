"""Metadata of an article. Reads the tree independently of the code that finds the text. Import the modules by name."""
