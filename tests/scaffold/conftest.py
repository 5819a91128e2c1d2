"""What the tests of the scaffold share."""

from __future__ import annotations

from pathlib import Path

import pytest
from lookalike import wished

from sozialbericht.scaffold import newproject


@pytest.fixture(scope="session")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the look-alike; tests must not change it."""
    folder = tmp_path_factory.mktemp("zwanzig")
    newproject.make(wished(folder, folder / "bericht"), lambda line: None)
    return folder / "bericht"
