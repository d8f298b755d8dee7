"""A digest of the records of some inputs, to prove that a change of structure changes nothing.

    python benchmarks/digest.py INPUT [INPUT ...]

Prints a line for each INPUT (a file of JSON lines, a folder, an archive): the SHA-256 of all its records in order, with
blocks and removals, and how many there are. What differs from run to run is left out: `elapsed_ms` and `input`.
"""

from __future__ import annotations

import argparse
import hashlib

import cleaner
from cleaner.write.record import to_json

CHANGING = ("elapsed_ms", "input")


def digest(source: str) -> tuple[str, int]:
    """The digest in hexadecimal, and the number of records."""
    whole = hashlib.sha256()
    count = 0
    for record in cleaner.clean_many([source], explain=True):
        line = to_json({name: value for name, value in record.items() if name not in CHANGING})
        whole.update(line.encode() + b"\n")
        count += 1
    return whole.hexdigest(), count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="INPUT")
    for source in parser.parse_args().sources:
        found, count = digest(source)
        print(f"{found}  {count} records  {source}")


if __name__ == "__main__":
    main()
