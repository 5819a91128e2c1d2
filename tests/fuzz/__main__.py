"""``python -m tests.fuzz``: thousands of inputs broken at random, through ``--check``."""

import argparse
import sys
import time
import warnings
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.fuzz import trial

#: So many failures are printed.
SHOWN = 12


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5000, help="data folders (default: 5000)")
    parser.add_argument("--notebooks", type=int, help="notebooks (default: a tenth of the folders)")
    parser.add_argument("--texts", type=int, help="texts (default: a tenth of the folders)")
    parser.add_argument(
        "--reports",
        type=int,
        default=200,
        help="folders that are made into a report, too, if the check lets them (200)",
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed, other inputs")
    options = parser.parse_args()
    warnings.simplefilter("error")
    tenth = options.count // 10
    counts = (
        options.count,
        tenth if options.notebooks is None else options.notebooks,
        tenth if options.texts is None else options.texts,
    )
    failed = False
    for kind, count in zip(trial.KINDS, counts, strict=True):
        if count:
            failed = run(kind, count, options.seed) or failed
    if options.reports:
        failed = run("report", options.reports, options.seed) or failed
    return int(failed)


def run(kind, count, start):
    """Try ``count`` inputs of a kind and go on after failures; returns whether there was one."""
    begun = time.monotonic()
    failures = []
    with trial.Bench(kind) as bench:

        @seed(start)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def broken(data):
            try:
                bench.attempt(data.draw)
            except AssertionError as error:
                failures.append(str(error))

        broken()
        codes = ", ".join(f"{n} × {code}" for code, n in sorted(bench.codes.items()))
        seconds = time.monotonic() - begun
        print(
            f"{kind}: {sum(bench.codes.values())} tried, exit codes {codes}; {bench.made} reports made; "
            f"{len(failures)} failures; "
            f"slowest {bench.slowest:.1f} s, all {seconds:.0f} s",
            flush=True,
        )
    for words in failures[:SHOWN]:
        print(f"--- {words[:2000]}")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
