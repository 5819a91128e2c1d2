"""``python -m tests.access build/2006/html``: every page of a web report before axe-core at 320, 390, 768 and 1440 px,
light and dark, closed and with menus and lists open, the atlas in four states, and what axe does not ask.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import browser

from tests.access import axe, seen


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.access", description=__doc__)
    parser.add_argument("folder", type=Path, help="the web report, build/2006/html")
    parser.add_argument("--page", action="append", help="this page only (may be given again)")
    options = parser.parse_args()
    pages = [p for p in sorted(options.folder.glob("*.html")) if not options.page or p.name in options.page]
    if not pages:
        sys.exit(f"Keine Seiten in {options.folder}. → Erst den Bericht rendern.")
    addresses = axe.addresses(pages)
    found = 0
    with browser.browser() as running:
        for look in axe.MATRIX:
            for place, told in axe.judged(running, addresses, (look,)).items():
                found += len(told)
                print(place, *told, sep="\n  ", flush=True)
        faults = seen.faults(running, addresses)
    print(*faults, f"{len(pages)} Seiten, {found + len(faults)} Befunde", sep="\n")
    sys.exit(bool(found or faults))


if __name__ == "__main__":
    main()
