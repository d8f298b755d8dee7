"""Parsing and comparing the values of fields: dates, names, headlines, languages, pictures, tags."""
