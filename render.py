"""Macht den Bericht zur sozialen Lage: python render.py --year 2006"""

from sozialbericht.__main__ import report

if __name__ == "__main__":
    report(__file__)
