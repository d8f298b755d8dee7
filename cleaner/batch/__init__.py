"""Turn many inputs into records, in order or as they finish, and resume runs."""
