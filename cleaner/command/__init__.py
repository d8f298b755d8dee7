"""The command line: it speaks to people, and the library does the work."""
