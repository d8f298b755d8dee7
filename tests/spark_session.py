"""A Spark session for tests, or the reason why there is none."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def why_not() -> str | None:
    """Return why Spark cannot run here; `None` if it can."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "needs pyspark: pip install '.[spark]'"
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        return "needs Java 17 or later (Debian's openjdk-17-jre-headless)"
    return None


def session() -> Iterator[SparkSession]:
    """Yield a session with two cores that listens to this machine only, and stop it."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("tests")
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
    }.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.pythonExec = sys.executable  # not the first `python3` of the path
    spark.sparkContext.setLogLevel("OFF")  # tasks that are meant to fail would print pages of traceback
    yield spark
    spark.stop()
