"""Turn the tree of a page, or plain text, into blocks. The modules are imported by their own names."""
