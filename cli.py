"""Runs the command from a checkout: `python cli.py URL`. It is not installed; `cleaner` and `python -m cleaner` are."""

from __future__ import annotations

from cleaner.startup import main

if __name__ == "__main__":
    main()
