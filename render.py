"""Macht den Bericht zur sozialen Lage: python render.py --year 2006"""

import sys

from sozialbericht.command import render

if __name__ == "__main__":
    sys.exit(render())
