"""Macht den Bericht zur sozialen Lage: python render.py --year 2006"""

try:
    from sozialbericht.__main__ import report
except ModuleNotFoundError as missing:
    what = "--no-deps -e ." if missing.name == "sozialbericht" else "-r requirements.lock"
    raise SystemExit(
        f"Dieses Python kennt das Paket „{missing.name}“ nicht.\n"
        "  → Die virtuelle Umgebung aktivieren, in der es installiert ist. Fehlt es dort, im Ordner des Quelltexts:\n"
        f"    python -m pip install {what}"
    ) from missing

if __name__ == "__main__":
    report(__file__)
