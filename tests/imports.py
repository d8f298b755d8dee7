"""The imports of the package's modules, read from their code."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

# Modules of the standard library of later versions of Python than the oldest one that is supported.
LATER_STDLIB = frozenset({"compression"})
PACKAGE = Path(__file__).parent.parent / "cleaner"


@cache
def imports_of(module: Path) -> tuple[str, ...]:
    """Return the modules that a module imports anywhere in its code, except imports for type checking."""
    tree = ast.parse(module.read_text("utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names: list[str] = []
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            names += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: use absolute imports"
            names += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(names)
