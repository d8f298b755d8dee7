"""Print a digest of the records of some inputs, to prove that a refactoring changes no record.

    python benchmarks/digest.py [--no-wording] INPUT [INPUT ...]

Prints one line for each INPUT (a file of JSON lines, a folder or a web archive): the SHA-256 of all its records in
order, with `blocks` and `removed`, the number of records, and the number of articles among them. `elapsed_ms` and
`input` are not part of the digest, because they differ between runs. With `--no-wording`, neither are sentences for
people: `evidence`, the messages of errors, and the text of `warnings`. Rewording them then keeps the digest.
"""

from __future__ import annotations

import argparse
import hashlib
from typing import Any

import cleaner
from cleaner.write.record import to_json

# Fields that differ between runs on the same inputs.
CHANGING = ("elapsed_ms", "input")


def without_wording(record: dict[str, Any]) -> dict[str, Any]:
    """Return the record without sentences for people. Of `warnings`, the number remains."""
    error = record["error"] and {name: value for name, value in record["error"].items() if name != "message"}
    removed = [{name: value for name, value in each.items() if name != "evidence"} for each in record["removed"]]
    return record | {"error": error, "removed": removed, "warnings": len(record["warnings"])}


def digest(source: str, *, wording: bool) -> tuple[str, int, int]:
    """Return the digest in hexadecimal, the number of records, and the number of articles among them."""
    sha256 = hashlib.sha256()
    count = articles = 0
    for record in cleaner.clean_many([source], explain=True):
        count += 1
        articles += record["status"] in ("ok", "partial")
        stable = {name: value for name, value in record.items() if name not in CHANGING}
        sha256.update(to_json(stable if wording else without_wording(stable)).encode() + b"\n")
    return sha256.hexdigest(), count, articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="INPUT")
    parser.add_argument("--no-wording", action="store_true", help="leave out evidence, messages of errors and warnings")
    arguments = parser.parse_args()
    for source in arguments.sources:
        hexdigest, count, articles = digest(source, wording=not arguments.no_wording)
        print(f"{hexdigest}  {count} records, {articles} articles  {source}")


if __name__ == "__main__":
    main()
