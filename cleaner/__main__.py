"""Run the command `cleaner` as `python -m cleaner`."""

from __future__ import annotations

from cleaner.startup import main

if __name__ == "__main__":
    main()
