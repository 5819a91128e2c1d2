"""Notebooks, executed several at a time, each in a kernel of its own; their outputs as Markdown.

:mod:`~sozialbericht.execution.runs` executes the notebooks of a run, here or by the workers of a cluster
(:mod:`~sozialbericht.execution.executors`), each by :mod:`~sozialbericht.execution.notebookrun`. The kernels of a run
come from a :class:`~sozialbericht.execution.kernelsource.KernelSource`.

Three modules are programs that other processes run; nothing imports what stands under their ``__main__``:

==============  ==============================================  ================================================
module          started by                                      what it is
==============  ==============================================  ================================================
``forkserver``  ``forkclient.Parent``, once a run               the parent of kernels and of those who audit
``forkkernel``  ``kernels.Kernel``, where none can be forked    a kernel that is started in the ordinary way
``guard``       ``guard.run``, for each call of Quarto          ends a program when its caller has ended
==============  ==============================================  ================================================
"""
