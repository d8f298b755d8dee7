"""A page's tree, or plain text, becomes blocks."""

from cleaner.blocks.plain import read_text, title_line
from cleaner.blocks.walk import walk

__all__ = ["read_text", "title_line", "walk"]
