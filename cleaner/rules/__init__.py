"""The rules: an engine that matches them, and tables that hold the rules as data. Import the modules by name."""
