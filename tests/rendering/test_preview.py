"""The preview's server: pages that follow, messages over the last good page, nothing left when it ends."""

import http.client
import json
import threading
import time
import urllib.error
import urllib.request

import pytest

from sozialbericht.order import manifest
from sozialbericht.rendering.server import Preview


@pytest.fixture
def report(tmp_path):
    folder = tmp_path / "2006"
    (folder / "html" / "bilder").mkdir(parents=True)
    (folder / "html" / "index.html").write_text("<html><body><h1>Müll &amp; Ämter</h1></body></html>", encoding="utf-8")
    (folder / "html" / "bilder" / "a.web.svg").write_text("<svg/>")
    (folder / "bericht-2006.pdf").write_bytes(b"%PDF")
    (tmp_path / "geheim.txt").write_text("geheim")
    return folder


@pytest.fixture
def preview():
    with Preview(0) as preview:
        yield preview


def get(preview, path, host=None):
    connection = http.client.HTTPConnection(preview.address[7:-1], timeout=5)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def follow(preview):
    """The messages of an open page, one by one."""
    connection = http.client.HTTPConnection(preview.address[7:-1], timeout=5)
    connection.request("GET", "/__stand")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])
    connection.close()


def test_pages_follow_and_files_stay_as_they_are(preview, report):
    preview.show({"2006": report})
    status, headers, page = get(preview, "/2006/index.html")
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/html; charset=utf-8", "no-store")
    assert page.decode().endswith('</h1><script src="/__vorschau.js"></script></body></html>')
    assert b"script" not in (report / "html" / "index.html").read_bytes()
    assert get(preview, "/2006/")[2] == page
    assert get(preview, "/2006/bilder/a.web.svg?x=1")[1]["Content-Type"] == "image/svg+xml"
    assert get(preview, "/2006/bericht-2006.pdf")[2] == b"%PDF"
    assert b"EventSource" in get(preview, "/__vorschau.js")[2]


def test_ways_to_the_first_page(preview, report):
    assert "Es wird gerechnet" in get(preview, "/")[2].decode()
    preview.show({"2006": report})
    assert (get(preview, "/")[0], get(preview, "/")[1]["Location"]) == (302, "/2006/")
    assert get(preview, "/2006")[1]["Location"] == "/2006/"
    preview.show({"2006": report, "2007": report})
    assert '<a href="/2007/">' in get(preview, "/")[2].decode()
    assert get(preview, "/2008/")[0] == 404
    assert get(preview, "/2006/fehlt.html")[0] == 404


def test_a_report_without_pages_shows_its_pdf(preview, report):
    (report / "html" / "index.html").unlink()
    preview.show({"2006": report})
    assert 'src="bericht-2006.pdf"' in get(preview, "/2006/")[2].decode()
    (report / "bericht-2006.pdf").unlink()
    assert "noch keine Seite" in get(preview, "/2006/")[2].decode()


def test_the_pdf_of_the_last_run_is_shown(preview, report):
    (report / "html" / "index.html").unlink()
    manifest.write(report, manifest.of(report))
    (report / "bericht-2006 (bearbeitet).pdf").write_bytes(b"%PDF mit Anmerkungen")
    preview.show({"2006": report})
    assert 'src="bericht-2006.pdf"' in get(preview, "/2006/")[2].decode()


@pytest.mark.parametrize("path", ["/2006/../../geheim.txt", "/2006/%2e%2e/%2e%2e/geheim.txt", "/2006//etc/passwd"])
def test_nothing_outside_the_report_is_sent(preview, report, path):
    preview.show({"2006": report})
    status, _, content = get(preview, path)
    assert status == 404
    assert b"geheim" not in content


def test_other_hosts_get_nothing(preview, report):
    preview.show({"2006": report})
    assert get(preview, "/2006/", host="boese.example:80")[::2] == (403, b"")
    assert get(preview, "/2006/", host="localhost:8765")[0] == 200


def test_while_a_report_takes_the_place_of_another(preview, report):
    preview.show({"2006": report})
    away = report.with_name("weg")
    report.rename(away)
    timer = threading.Timer(0.2, away.rename, (report,))
    timer.start()
    assert get(preview, "/2006/index.html")[0] == 200
    timer.join()


def test_open_pages_are_told(preview, report):
    told = follow(preview)
    assert next(told) == {"nummer": 0, "meldung": ""}
    preview.show({"2006": report})
    assert next(told) == {"nummer": 1, "meldung": ""}
    preview.complain("Zelle 3: „kaputt“")
    assert next(told) == {"nummer": 1, "meldung": "Zelle 3: „kaputt“"}
    assert get(preview, "/2006/")[0] == 200, "the last good page stays"
    preview.show({"2006": report})
    assert next(told) == {"nummer": 2, "meldung": ""}


def test_the_end_leaves_nothing_running():
    before = set(threading.enumerate())
    with Preview(0) as preview:
        told = follow(preview)
        next(told)
        with Preview(int(preview.address[:-1].rpartition(":")[2])) as other:
            assert other.address != preview.address, "a port in use is no reason to fail"
    assert list(told) == []
    end = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < end:
        time.sleep(0.01)
    assert set(threading.enumerate()) <= before
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(preview.address, timeout=1)
