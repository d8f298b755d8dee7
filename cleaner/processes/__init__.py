"""Worker processes with limits of time and memory: the fork server, the pool for batches, guarded single calls."""
