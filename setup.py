"""Compile the rules while a wheel is built. All metadata is in setup.cfg."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildPy(build_py):
    """Copy the package, and write the compiled rules beside their sources."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:  # a checkout compiles them when they are needed, after each change
            self._compiled().write_bytes(_compile())

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        compiled = [] if self.editable_mode else [str(self._compiled())]
        return [*super().get_outputs(include_bytecode), *compiled]

    def _compiled(self) -> Path:
        return Path(self.build_lib, "cleaner", "rules", "compiled.bin")


def _compile() -> bytes:
    sys.path.insert(0, str(ROOT))  # these modules need nothing but the standard library
    from cleaner.rules.compile import dump_rules
    from cleaner.rules.source import read_sources

    return dump_rules(read_sources())


setup(cmdclass={"build_py": BuildPy})
