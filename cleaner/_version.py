"""The version: read by the package, the records it writes and the build."""

__version__ = "0.1.0"
