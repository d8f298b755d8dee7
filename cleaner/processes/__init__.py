"""Worker processes with limits of time and memory: the fork server, the pool of a batch, guarded single calls."""
