"""The rules: an engine that matches them, and tables that hold nothing but data. Import the modules by name."""
