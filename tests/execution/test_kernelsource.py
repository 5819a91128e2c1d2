"""The kernels of a run: their parent may end before the run does."""

import json

import pytest
import small_report

from sozialbericht.execution import forkclient, kernelsource, notebookrun
from sozialbericht.order.tasks import task

forking = pytest.mark.skipif(not forkclient.possible(), reason="hier werden keine Kernel abgezweigt")


@forking
def test_a_released_parent_ends_while_the_source_is_open(tmp_path):
    source = small_report.notebook(tmp_path / "01_a.ipynb", ("# A", "print(1)"))
    with kernelsource.opened() as kernels:
        result = notebookrun.run(task("2006", "a", source, {"jahr": 2006}), kernels)
        assert result.failure is None
        assert '"1\\n"' in json.dumps(json.loads(result.notebook))
        assert kernels.parent.process.poll() is None
        kernels.release()
        assert kernels.parent.process.wait(10) == 0
        assert kernels.started == []
        kernels.release()
        kernels.close()
        kernels.close()
    assert not kernels.folder.exists()


@forking
def test_a_parent_released_at_once_ends_too(tmp_path):
    with kernelsource.opened() as kernels:
        kernels.release()
        assert kernels.parent.process.wait(30) == 0
        with pytest.raises(forkclient.NotForked):
            kernels.parent.launch([], str(tmp_path), {})
    assert not kernels.folder.exists()


def test_a_source_without_a_parent_has_nothing_to_release():
    with kernelsource.opened(forked=False) as kernels:
        assert kernels.parent is None
        kernels.release()
        assert kernels.folder.is_dir()
    assert not kernels.folder.exists()
