"""`python -m cleaner.judge.rules` writes the table of the rules anew (see `index`)."""

from __future__ import annotations

from cleaner.judge.rules import RULES
from cleaner.judge.rules.index import FILE, dump

if __name__ == "__main__":
    FILE.write_text(dump(RULES), "utf-8")
