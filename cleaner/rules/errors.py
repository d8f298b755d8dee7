"""The error of a rule file, which says where it is and what to do."""

from __future__ import annotations

import json
import re


class RuleFileError(ValueError):
    """A rule file cannot be used.

    Attributes:
        file: The path of the file, as it was given.
        line: The line of the mistake, from 1; `None` if it cannot be located.
        problem: What is wrong, and what to do.
    """

    def __init__(self, file: str, line: int | None, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}" if line else f"{file}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem

    def __reduce__(self) -> tuple[type[RuleFileError], tuple[str, int | None, str]]:
        return type(self), (self.file, self.line, self.problem)


def line_of(toml: str, table: str, key: str | None = None, value: object = None) -> int | None:
    """Return the line, from 1, of a table in a TOML text, or of a key in it, or of a string in the key's value.

    `table` is the last part of the header between the brackets. If the string is not found, the line is that of the
    key, and if the key is not found, that of the table. `None` if there is no such table.
    """
    lines = toml.splitlines()
    header = re.compile(rf"""\s*\[+\s*(\w+\s*\.\s*)*["']?{re.escape(table)}["']?\s*\]+\s*(#.*)?""")
    start = next((i for i, line in enumerate(lines) if header.fullmatch(line)), None) if table else -1
    if start is None:  # perhaps a value stands where a table should
        return next((i + 1 for i, line in enumerate(lines) if _assigns(line, table)), None)
    end = next(
        (i for i in range(start + 1, len(lines)) if re.match(r"\s*\[+[^\[\],]+\]+\s*(#.*)?$", lines[i])), len(lines)
    )
    if key is None:
        return start + 1 or None
    own = next((i for i in range(start + 1, end) if _assigns(lines[i], key)), None)
    if own is None:
        return start + 1 or None
    if isinstance(value, str):
        written = (value, json.dumps(value, ensure_ascii=False)[1:-1])
        for i in range(own, end):
            if any(form in lines[i] for form in written):
                return i + 1
    return own + 1


def _assigns(line: str, key: str) -> bool:
    return re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line) is not None
