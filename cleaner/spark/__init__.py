"""Cleaning with Spark: `clean` for a DataFrame, and `python -m cleaner.spark` for files. Needs the extra `spark`."""

from cleaner.spark.dataframe import clean

__all__ = ["clean"]
