"""Write results: the record, JSON lines, Parquet, plain text and Markdown."""
