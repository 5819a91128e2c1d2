"""``python -m sozialbericht`` is the console script ``sozialbericht``."""

import sys

from sozialbericht import surroundings

if __name__ == "__main__":
    surroundings.settle()
    from sozialbericht.command import main

    sys.exit(main())
