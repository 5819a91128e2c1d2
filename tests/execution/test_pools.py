"""The kernels of a run: their parent may end before the run does."""

import json

import pytest
import small_report

from sozialbericht.execution import kernelparent, kernelpool, runs
from sozialbericht.order.tasks import task

forking = pytest.mark.skipif(not kernelparent.possible(), reason="hier werden keine Kernel abgezweigt")


@forking
def test_a_released_parent_ends_while_the_pool_is_open(tmp_path):
    source = small_report.notebook(tmp_path / "01_a.ipynb", ("# A", "print(1)"))
    with kernelpool.pool() as pool:
        result = runs.run(task("2006", "a", source, {"jahr": 2006}), pool)
        assert result.failure is None
        assert '"1\\n"' in json.dumps(json.loads(result.notebook))
        assert pool.parent.process.poll() is None
        pool.release()
        assert pool.parent.process.wait(10) == 0
        assert pool.ordinary == []
        pool.release()
        pool.close()
        pool.close()
    assert not pool.folder.exists()


@forking
def test_a_parent_released_at_once_ends_too(tmp_path):
    with kernelpool.pool() as pool:
        pool.release()
        assert pool.parent.process.wait(30) == 0
        with pytest.raises(kernelparent.NotForked):
            pool.parent.launch([], str(tmp_path), {})
    assert not pool.folder.exists()


def test_a_pool_without_a_parent_has_nothing_to_release():
    with kernelpool.pool(forked=False) as pool:
        assert pool.parent is None
        pool.release()
        assert pool.folder.is_dir()
    assert not pool.folder.exists()
