"""Macht den Bericht zur sozialen Lage: python render.py --year 2006"""

import sys

from sozialbericht import surroundings

if __name__ == "__main__":
    surroundings.settle()
    from sozialbericht.command import render

    sys.exit(render())
