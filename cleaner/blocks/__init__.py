"""A page's tree, or plain text, becomes blocks. The modules are imported by their own names."""
