"""Macht den Bericht zur sozialen Lage: python render.py --year 2006"""

try:
    from sozialbericht.__main__ import report
except ModuleNotFoundError as missing:
    raise SystemExit(
        f"Dieses Python kennt das Paket „{missing.name}“ nicht.\n"
        "  → Die virtuelle Umgebung aktivieren, in der es installiert ist (siehe README oder Handbuch)."
    ) from missing

if __name__ == "__main__":
    report(__file__)
