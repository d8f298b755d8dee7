"""Run the command from a checkout, as `python cli.py URL`. Installed, it is `cleaner` or `python -m cleaner`."""

from __future__ import annotations

from cleaner.startup import main

if __name__ == "__main__":
    main()
