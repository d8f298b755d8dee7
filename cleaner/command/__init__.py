"""The command-line interface. All work is done by the library."""
