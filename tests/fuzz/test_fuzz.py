"""Two hundred inputs broken at random, the same ones in every run."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from . import trial

EXAMPLES = {"folder": 120, "notebook": 40, "text": 40}


@pytest.mark.parametrize("kind", trial.KINDS)
def test_whatever_is_broken_is_said_with_its_file(kind):
    with trial.Bench(kind) as bench:

        @settings(
            max_examples=EXAMPLES[kind], derandomize=True, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.data())
        def broken(data):
            bench.attempt(data.draw)

        broken()
        assert sum(bench.codes.values()) >= EXAMPLES[kind]
        assert set(bench.codes) == {0, 2}, bench.codes
