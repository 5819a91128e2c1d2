"""Halves: a second process reads as the first would, and what it cannot read is read here."""

import os
import signal

import pytest
import typst

from sozialbericht.audit.readers import halves, prints

needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork") or (os.cpu_count() or 1) < 2, reason="braucht fork und zwei Prozessoren"
)


@pytest.fixture
def single(monkeypatch):
    """A process without a second thread, whatever runs the tests."""
    monkeypatch.setattr("threading.active_count", lambda: 1)


def readers(some):
    """Who has read which piece."""
    return [(number, os.getpid()) for number in some]


@needs_fork
@pytest.mark.parametrize("count", [halves.LEAST, halves.LEAST + 1, 1000])
def test_the_second_half_is_read_by_another_process(single, count):
    found = halves.read(readers, count)
    assert [number for number, _ in found] == list(range(count))
    assert [pid == os.getpid() for _, pid in found] == [number < count // 2 for number in range(count)]


def test_few_pieces_and_those_of_several_threads_are_read_alone(single, monkeypatch):
    assert halves.read(readers, halves.LEAST - 1) == readers(range(halves.LEAST - 1))
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert halves.read(readers, 500) == readers(range(500))


@needs_fork
@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0, lambda: os._exit(3)])
def test_what_the_other_process_cannot_read_is_read_here(single, end):
    here = os.getpid()

    def pieces(some):
        if os.getpid() != here:
            end()
        return readers(some)

    assert halves.read(pieces, 100) == readers(range(100))


@needs_fork
def test_a_fault_of_this_process_leaves_no_other_behind(single, monkeypatch):
    here, fork, children = os.getpid(), os.fork, []

    def forked():
        pid = fork()
        children.append(pid)
        return pid

    monkeypatch.setattr("os.fork", forked)

    def pieces(some):
        if os.getpid() == here:
            raise ValueError("nicht lesbar")
        return ["x" * 1_000_000 for _ in some]

    with pytest.raises(ValueError, match="nicht lesbar"):
        halves.read(pieces, 100)
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


@needs_fork
def test_a_pdf_says_the_same_read_by_one_or_by_two(single, monkeypatch):
    pages = (
        f"= Kapitel {n}\n#figure(table(columns: 2, [Hafen], [{n}]), caption: [Tabelle {n}])\n#pagebreak()\n"
        for n in range(1, halves.LEAST + 5)
    )
    content = typst.compile("\n".join(pages).encode())
    both = prints.read(content, "bericht.pdf")
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert both == prints.read(content, "bericht.pdf")
    assert {"Kapitel 1", "Kapitel 44"} <= {passage.text for passage in both.passages}
