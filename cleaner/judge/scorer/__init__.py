"""The scorer: a learned model that estimates how likely each block is article text. Import the modules by name."""
