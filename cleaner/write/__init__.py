"""Write results: the record, JSON lines, Parquet, plain text, Markdown, HTML and reports."""
