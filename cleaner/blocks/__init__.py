"""A page's tree, or plain text, becomes blocks."""

from cleaner.blocks.plain import may_be_title, read_text
from cleaner.blocks.walk import walk

__all__ = ["may_be_title", "read_text", "walk"]
