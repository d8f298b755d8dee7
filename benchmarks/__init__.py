"""Programs that measure speed and endurance, and try hostile input. Each is run on demand."""
