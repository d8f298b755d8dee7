"""`python -m cleaner.spark`."""

import sys

from cleaner.spark.job import main

if __name__ == "__main__":
    sys.exit(main())
