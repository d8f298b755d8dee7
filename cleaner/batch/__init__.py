"""Many inputs to many records, in order or as they finish, and runs that can be resumed."""
