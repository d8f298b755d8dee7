"""Patterns are compiled when they are first used, and all of them can be."""

from __future__ import annotations

import ast
import gc
import pickle
import pkgutil
import re
from importlib import import_module

import pytest
from imports import PACKAGE

import cleaner
from cleaner.patterns import LazyPattern, lazy_pattern

# Modules for other frameworks, which may not be installed.
FOR_OTHERS = {"cleaner.datatrove", "cleaner.spacy"}


def test_compiled_when_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first use of any method compiles the pattern, and no other does."""
    compiled: list[object] = []
    compile_pattern = re.compile
    monkeypatch.setattr(re, "compile", lambda *args: compiled.append(args) or compile_pattern(*args))
    pattern = lazy_pattern("b(o)at", re.IGNORECASE)
    assert "b(o)at" == pattern.pattern
    assert [] == compiled
    match = pattern.search("Two Boats")
    assert match is not None
    assert "o" == match[1]
    assert "Two ships" == pattern.sub("ship", "Two BOATs")
    assert [("b(o)at", re.IGNORECASE)] == compiled


def test_bytes() -> None:
    """A pattern of bytes matches bytes."""
    assert [b"1", b"22"] == lazy_pattern(rb"\d+").findall(b"1 of 22")


def test_unknown_attribute() -> None:
    """It has no other attributes."""
    with pytest.raises(AttributeError, match="seach"):
        lazy_pattern("a").seach("a")  # type: ignore[attr-defined]


def test_pickle() -> None:
    """It can be sent to another process, also after its first use."""
    pattern = lazy_pattern("a+")
    assert pattern.fullmatch("aa")
    assert pickle.loads(pickle.dumps(pattern)).fullmatch("aaa")


def test_all_patterns_compile() -> None:
    """No pattern of the package has a mistake."""
    for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if not module.name.endswith("__main__") and module.name not in FOR_OTHERS:
            import_module(module.name)
    patterns = [found for found in gc.get_objects() if type(found) is LazyPattern]
    assert len(patterns) > 250
    for pattern in patterns:
        assert callable(pattern.search)


def test_modules_compile_nothing() -> None:
    """No module calls `re.compile` when it is imported."""
    eager = []
    for path in PACKAGE.rglob("*.py"):
        statements = ast.parse(path.read_text(encoding="utf-8")).body
        eager += [
            f"{path.relative_to(PACKAGE)}:{call.lineno}"
            for statement in statements
            if not isinstance(statement, (ast.FunctionDef, ast.ClassDef))
            for call in ast.walk(statement)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile"
        ]
    assert [] == eager
