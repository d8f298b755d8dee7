"""What came of an input, written: as a record, as text, as Markdown."""
