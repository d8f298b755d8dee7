"""Settings for all tests."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext

import pytest
from hypothesis import HealthCheck, settings
from measuring import CpuLimit, cpu_seconds

# The same examples on every run and on a machine of any speed, because a test that fails only sometimes is useless.
settings.register_profile(
    "same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Keep compiled modules in pytest's cache if Python writes none beside the source.

    Otherwise each of the two hundred programs and workers that tests start would compile the package again, which takes
    a third of the time of all tests.
    """
    if sys.dont_write_bytecode and config.pluginmanager.has_plugin("cacheprovider"):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(config.cache.mkdir("bytecode")))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return the number of processes for `-n auto`; `None` leaves it to pytest-xdist.

    A file or test that is named runs in this process, where it starts sooner and prints immediately. With `-s`, tests
    also run here, because their output would be lost; so do those that another `-m` selects, because tests marked
    `timing` must not disturb each other.
    """
    named = any(".py" in argument for argument in config.args)
    selected = config.getoption("markexpr") != "not timing"
    return 0 if named or selected or config.getoption("capture") == "no" else None


@pytest.fixture(scope="session")
def loaded() -> None:
    """Load everything that cleaning a page needs.

    The command forks its workers from the process of the tests, so it is loaded in the workers, too: a run takes 0.1 s
    of CPU time instead of 0.9 s.
    """
    from cleaner.pipeline import warm_up

    warm_up()


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `clean_many` clean in this process, as on a system without `fork`; for tests that need no workers."""
    monkeypatch.delattr(os, "fork")


@pytest.fixture(params=["run", pytest.param("timed", marks=pytest.mark.timing)])
def cpu_limit(request: pytest.FixtureRequest) -> CpuLimit:
    """Return a limit in CPU seconds for the code inside: `with cpu_limit(2): ...`.

    A test that uses it exists twice. As `run`, it measures nothing, so it cannot fail because a machine is slow; if it
    hangs, the time limit of a test ends it. As `timed`, it is marked `timing`, and the seconds count.
    """
    if request.param == "run":
        return lambda below: nullcontext()
    return cpu_seconds
