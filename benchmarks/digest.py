"""Print a digest of the records of some inputs, to prove that a change of structure changes nothing.

    python benchmarks/digest.py [--no-wording] INPUT [INPUT ...]

Prints a line for each INPUT (a file of JSON lines, a folder, an archive): the SHA-256 of all its records in order, with
blocks and removals, how many records there are and how many of them are articles. What differs from run to run is left
out: `elapsed_ms` and `input`. With `--no-wording`, sentences for people are left out, too: `evidence`, the messages of
errors, and `warnings`. Then a change of wording keeps the digest.
"""

from __future__ import annotations

import argparse
import hashlib
from typing import Any

import cleaner
from cleaner.write.record import to_json

CHANGING = ("elapsed_ms", "input")


def without_wording(record: dict[str, Any]) -> dict[str, Any]:
    """The record without sentences for people."""
    error = record["error"] and {name: value for name, value in record["error"].items() if name != "message"}
    removed = [{name: value for name, value in each.items() if name != "evidence"} for each in record["removed"]]
    return record | {"error": error, "removed": removed, "warnings": len(record["warnings"])}


def digest(source: str, *, wording: bool) -> tuple[str, int, int]:
    """The digest in hexadecimal, the number of records, and the number of articles among them."""
    whole = hashlib.sha256()
    count = articles = 0
    for record in cleaner.clean_many([source], explain=True):
        count += 1
        articles += record["status"] in ("ok", "partial")
        kept = {name: value for name, value in record.items() if name not in CHANGING}
        whole.update(to_json(kept if wording else without_wording(kept)).encode() + b"\n")
    return whole.hexdigest(), count, articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="INPUT")
    parser.add_argument("--no-wording", action="store_true", help="leave out evidence, messages and warnings")
    arguments = parser.parse_args()
    for source in arguments.sources:
        found, count, articles = digest(source, wording=not arguments.no_wording)
        print(f"{found}  {count} records, {articles} articles  {source}")


if __name__ == "__main__":
    main()
