"""`python -m cleaner.rules` writes the index of the rules to its file (see `index`)."""

from __future__ import annotations

from cleaner.rules.index import FILE, dump_index
from cleaner.rules.tables import RULES

if __name__ == "__main__":
    FILE.write_text(dump_index(RULES), "utf-8")
