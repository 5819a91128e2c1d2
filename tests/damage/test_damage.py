"""Of single numbers damaged at random, nearly all are seen; none breaks the program."""

import pytest

from .trial import Trial


def seen(count, seed):
    """The share of damaged numbers that are seen, and of those that the contract lets pass the share that hints see."""
    with Trial(seed) as trial:
        trial.run(count)
        total = {
            name: sum(counts[name] for counts in trial.counted.values()) for name in ("contract", "hint", "unseen")
        }
    passed = total["hint"] + total["unseen"]
    return 1 - total["unseen"] / count, total["hint"] / max(passed, 1), trial


@pytest.mark.no_cover
def test_a_few_damaged_numbers():
    share, _, trial = seen(24, seed=1)
    assert share >= 0.8, trial.unseen


@pytest.mark.slow
def test_three_hundred_damaged_numbers():
    share, by_hints, trial = seen(300, seed=0)
    print("\n".join(trial.table()))
    assert share >= 0.92, trial.unseen
    assert by_hints >= 0.6, trial.unseen
