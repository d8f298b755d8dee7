"""From bytes to a tree: decoding, parsing, and the JSON that pages carry."""
