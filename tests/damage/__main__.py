"""``python -m tests.damage``: 300 single numbers of the shipped data damaged, and who sees it."""

import argparse
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.damage.trial import Trial


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.damage", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="damaged numbers (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other numbers")
    parser.add_argument("--unseen", action="store_true", help="list those that nobody sees")
    options = parser.parse_args()
    warnings.simplefilter("error")
    with Trial(options.seed) as trial:
        trial.run(options.count)
        print("\n".join([*trial.table(), *(trial.unseen if options.unseen else [])]))


if __name__ == "__main__":
    main()
