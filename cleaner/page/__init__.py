"""From bytes to a tree: decompression, decoding, parsing, and the data embedded in pages."""
