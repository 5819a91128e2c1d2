"""``python -m sozialbericht`` is the console script ``sozialbericht``."""

import sys

from sozialbericht.command import main

if __name__ == "__main__":
    sys.exit(main())
