"""The command `cleaner`, as the console script and `python cli.py` start it."""

from __future__ import annotations

from cleaner.startup import main

if __name__ == "__main__":
    main()
