"""The kernels of a run: nothing of them is left when their source is closed."""

import json

import pytest
import small_report

from sozialbericht.execution import forkclient, kernelsource, notebookrun
from sozialbericht.order.tasks import task

forking = pytest.mark.skipif(not forkclient.possible(), reason="hier werden keine Kernel abgezweigt")


@forking
def test_a_closed_source_has_no_parent_and_no_folder(tmp_path):
    source = small_report.notebook(tmp_path / "01_a.ipynb", ("# A", "print(1)"))
    with kernelsource.opened() as kernels:
        result = notebookrun.run(task("2006", "a", source, {"jahr": 2006}), kernels)
        assert result.failure is None
        assert '"1\\n"' in json.dumps(json.loads(result.notebook))
        assert kernels.parent.process.poll() is None
        kernels.close()
        assert kernels.parent.process.poll() == 0
        assert kernels.started == []
        kernels.close()
        with pytest.raises(forkclient.NotForked):
            kernels.parent.launch([], str(tmp_path), {})
        assert kernels.assistant({}) is None
    assert not kernels.folder.exists()


def test_a_source_without_a_parent_gives_no_assistant():
    with kernelsource.opened(forked=False) as kernels:
        assert kernels.parent is None
        assert kernels.assistant({}) is None
        assert kernels.folder.is_dir()
    assert not kernels.folder.exists()
