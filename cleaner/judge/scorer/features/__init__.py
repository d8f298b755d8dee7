"""The features of blocks by family: text, place, layout, learned log-odds. Import the modules by name."""
