"""The sources of metadata on a page: one module per kind of source, each of which yields candidates."""
